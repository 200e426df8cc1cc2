package io.svidflow;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** The core stays plain Java: what it concludes can be tested, replayed and trusted without Kafka and without a clock. */
@AnalyzeClasses(packages = "io.svidflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] CORE = {
        "io.svidflow.identity..",
        "io.svidflow.diagnosis..",
        "io.svidflow.incident..",
        "io.svidflow.remediation..",
        "io.svidflow.unreported..",
        "io.svidflow.watermark.."
    };

    @ArchTest
    static final ArchRule coreShouldNotKnowKafkaOrTheOutsideWorld = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "java.io..", "java.net..")
                    .or(resideInAPackage("java.nio..").and(not(resideInAPackage("java.nio.charset..")))));

    @ArchTest
    static final ArchRule coreShouldHaveNoClockAndNoDice = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class);

    @ArchTest
    static final ArchRule streamsShouldKnowNeitherKubernetesNorGrpc = noClasses()
            .that()
            .resideInAPackage("io.svidflow..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.grpc..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule packagesShouldHaveNoCycles =
            slices().matching("io.svidflow.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule aStageShouldNotKnowTheNext = noClasses()
            .that()
            .resideInAPackage("io.svidflow.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.svidflow.diagnosis..",
                    "io.svidflow.incident..",
                    "io.svidflow.remediation..",
                    "io.svidflow.unreported..",
                    "io.svidflow.topology..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.svidflow.producer..");

    @ArchTest
    static final ArchRule diagnosisShouldNotKnowWhatIsMadeOfIt = noClasses()
            .that()
            .resideInAnyPackage("io.svidflow.diagnosis..", "io.svidflow.remediation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.svidflow.incident..", "io.svidflow.topology..");
}
