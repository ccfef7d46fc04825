package io.jacobi.nn.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.jacobi.nn.Layer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The rules of docs/architecture.md that the compiler does not enforce: every dependency points down. */
class ArchitectureTest {

    private static final String CORE = "io.jacobi.nn";
    private static final String LAYERS = "io.jacobi.nn.layers..";
    private static final String ONNX = "io.jacobi.nn.onnx..";
    private static final String DATASETS = "io.jacobi.nn.datasets..";
    private static final String JUNIT = "io.jacobi.nn.junit..";
    private static final String CALCULUS = "io.jacobi.nn.calculus..";
    private static final String EXAMPLES = "io.jacobi.nn.examples..";
    private static final String MATH = "io.jacobi.nn.math..";

    private static final JavaClasses JACOBI = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(CORE);

    private static void check(ArchRule rule) {
        rule.check(JACOBI);
    }

    @Test
    void coreDependsOnNoOtherModule() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(LAYERS, ONNX, DATASETS, JUNIT, CALCULUS, EXAMPLES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAYERS, ONNX, DATASETS, JUNIT, CALCULUS, EXAMPLES));
    }

    @Test
    void layersDependOnTheCoreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(LAYERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ONNX, DATASETS, JUNIT, CALCULUS, EXAMPLES));
    }

    @Test
    void layersDependOnNeitherTrainingNorOptimizersNorLosses() {
        check(noClasses()
                .that()
                .resideInAPackage(LAYERS)
                .and()
                .doNotHaveSimpleName("LayerChecks")
                .and()
                .doNotHaveSimpleName("NetworkChecks")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        CORE + ".train..",
                        CORE + ".optim..",
                        CORE + ".loss..",
                        CORE + ".data..",
                        CORE + ".check..",
                        CORE + ".derivative.."));
    }

    @Test
    void datasetsDependOnTheCoreAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(DATASETS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAYERS, ONNX, JUNIT, CALCULUS, EXAMPLES));
    }

    @Test
    void calculusDependsOnShapesAndKernelsOfTheCoreAlone() {
        check(classes()
                .that()
                .resideInAPackage(CALCULUS)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(CALCULUS, CORE, MATH, "org.nd4j..", "org.jspecify..", "java..")));
    }

    @Test
    void onnxDependsOnTheCoreAndTheLayersAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(ONNX)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        DATASETS,
                        JUNIT,
                        CALCULUS,
                        EXAMPLES,
                        CORE + ".train..",
                        CORE + ".optim..",
                        CORE + ".loss..",
                        CORE + ".check.."));
    }

    @Test
    void onlyOnnxDependsOnTheOnnxFormat() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ONNX)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnx..", "com.google.protobuf..", "org.tribuo.."));
    }

    @Test
    void gradientTestsDependOnTheChecksAndJUnitAlone() {
        check(classes()
                .that()
                .resideInAPackage(JUNIT)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        JUNIT, CORE + ".check..", "org.junit.jupiter.api..", "org.jspecify..", "java..")));
    }

    @Test
    void onlyMathTouchesNativeMemoryAndBlas() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(MATH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "java.nio"));
    }

    @Test
    void onlyMathMultipliesMatrices() {
        Set<String> products = Set.of("gemm", "mmul", "mmuli", "gemv", "matmul", "tensorMmul");
        DescribedPredicate<JavaMethodCall> product = DescribedPredicate.describe(
                "a matrix product of ND4J",
                call -> products.contains(call.getName())
                        && (call.getTargetOwner().isAssignableTo(INDArray.class)
                                || call.getTargetOwner().isAssignableTo(Nd4j.class)));
        check(noClasses().should().callMethodWhere(product));
    }

    @Test
    void noClassChangesGlobalStateOfNd4j() {
        Set<String> globals = Set.of("setDefaultDataTypes", "setDataType", "getRandom", "rand", "randn");
        DescribedPredicate<JavaMethodCall> global = DescribedPredicate.describe(
                "a global of ND4J",
                call -> globals.contains(call.getName())
                        && call.getTargetOwner().isEquivalentTo(Nd4j.class));
        check(noClasses().should().callMethodWhere(global));
    }

    @Test
    void layersAreRecords() {
        check(classes()
                .that()
                .areAssignableTo(Layer.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords());
    }

    @Test
    void nothingElseDependsOnATestFramework() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(JUNIT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj.."));
    }

    @Test
    void everyPackageIsNullMarked() {
        DescribedPredicate<JavaClass> unmarked = DescribedPredicate.describe(
                "in a package that is not @NullMarked",
                type -> !type.getPackage().isAnnotatedWith(org.jspecify.annotations.NullMarked.class));
        check(noClasses().should(com.tngtech.archunit.lang.conditions.ArchConditions.be(unmarked)));
    }
}
