package io.svidflow.resync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.svidflow.resync", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule shouldReachKubernetesFromOnePlaceAlone = noClasses()
            .that()
            .resideOutsideOfPackage("io.svidflow.resync.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.kubernetes..", "java.net.http..");

    @ArchTest
    static final ArchRule shouldReachSpireFromOnePlaceAlone = noClasses()
            .that()
            .resideOutsideOfPackage("io.svidflow.resync.spire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.svidflow.producer.spire..", "io.grpc..", "io.spiffe..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule shouldObserveWithoutAnyWayToAct = noClasses()
            .that()
            .resideInAPackage("io.svidflow.resync")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.svidflow.resync.kubernetes..", "io.svidflow.resync.spire..", "io.svidflow.producer..");

    @ArchTest
    static final ArchRule shouldDecideToActWithoutKafka = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.svidflow.resync.actor..", "io.svidflow.resync.check..", "io.svidflow.resync.scene..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule shouldNotDependOnTheDetectionThatItAnswers = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.svidflow.identity..",
                    "io.svidflow.diagnosis..",
                    "io.svidflow.incident..",
                    "io.svidflow.remediation..",
                    "io.svidflow.topology..");

    @ArchTest
    static final ArchRule shouldJudgeWithoutKafkaOrAClock = noClasses()
            .that()
            .haveSimpleName("CommandJudge")
            .or()
            .haveSimpleName("Judgment")
            .or()
            .haveSimpleName("NodeView")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "java.time.Clock");
}
