package io.svidflow.resync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.svidflow.resync", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule shouldHaveNoWayToReachAClusterOrASpireServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8..",
                    "io.kubernetes..",
                    "io.grpc..",
                    "io.spiffe..",
                    "com.google.protobuf..",
                    "java.net..",
                    "java.net.http..");

    @ArchTest
    static final ArchRule shouldNotDependOnTheDetectionThatItAnswers = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.svidflow.identity..",
                    "io.svidflow.diagnosis..",
                    "io.svidflow.incident..",
                    "io.svidflow.remediation..",
                    "io.svidflow.topology..",
                    "io.svidflow.producer..");

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
