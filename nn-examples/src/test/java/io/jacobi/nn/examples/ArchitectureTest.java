package io.jacobi.nn.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import io.jacobi.nn.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The rules of docs/architecture.md that a compiler does not know: an arrow only ever points down. */
class ArchitectureTest {

    private static final String JACOBI = "io.jacobi.nn";
    private static final String CHECK = JACOBI + ".check..";
    private static final String DATA = JACOBI + ".data..";
    private static final String DERIVATIVE = JACOBI + ".derivative..";
    private static final String INFERENCE = JACOBI + ".inference..";
    private static final String INIT = JACOBI + ".init..";
    private static final String IO = JACOBI + ".io..";
    private static final String LOSS = JACOBI + ".loss..";
    private static final String MATH = JACOBI + ".math..";
    private static final String METRIC = JACOBI + ".metric..";
    private static final String MODEL = JACOBI + ".model..";
    private static final String OPTIM = JACOBI + ".optim..";
    private static final String SCALAR = JACOBI + ".scalar..";
    private static final String TRAIN = JACOBI + ".train..";

    // from the lowest to the highest: a module can name only modules above itself in this list
    private static final Module FILES = module("nn-files", List.of(JACOBI + ".files.."));
    private static final Module CORE = module(
            "nn-core",
            List.of(JACOBI, INIT, MATH, MODEL, LOSS, OPTIM, DATA, INFERENCE, DERIVATIVE, IO, TRAIN, METRIC),
            FILES);
    private static final Module DATASETS = module("datasets", List.of(JACOBI + ".datasets.."), CORE);
    private static final Module CHECKS = module("nn-check", List.of(CHECK, SCALAR), CORE);
    private static final Module LAYERS = module("nn-layers", List.of(JACOBI + ".layers"), CORE);
    private static final Module LAYER_CHECKS =
            module("nn-layers with nn-check, which is optional", List.of(JACOBI + ".layers.check.."), LAYERS, CHECKS);
    private static final Module JUNIT = module("nn-junit", List.of(JACOBI + ".junit.."), CHECKS);
    private static final Module CALCULUS = module("nn-calculus", List.of(JACOBI + ".calculus.."), CORE);
    private static final Module ONNX = module("nn-onnx", List.of(JACOBI + ".onnx.."), LAYERS);
    private static final Module TABULAR = module("nn-tabular", List.of(JACOBI + ".tabular.."), LAYERS);
    private static final Module EXAMPLES =
            module("nn-examples", List.of(JACOBI + ".examples.."), LAYER_CHECKS, DATASETS, CALCULUS, ONNX, TABULAR);

    private static final List<Module> MODULES =
            List.of(FILES, CORE, DATASETS, CHECKS, LAYERS, LAYER_CHECKS, JUNIT, CALCULUS, ONNX, TABULAR, EXAMPLES);

    /** A module: its packages, and the packages of all modules below it. */
    private record Module(String name, List<String> packages, List<String> below) {

        DescribedPredicate<JavaClass> classes() {
            return resideInAnyPackage(packages.toArray(String[]::new));
        }

        DescribedPredicate<JavaClass> classesBelow() {
            return resideInAnyPackage(below.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Module module(String name, List<String> packages, Module... uses) {
        List<String> below = Arrays.stream(uses)
                .flatMap(used -> Stream.concat(used.packages.stream(), used.below.stream()))
                .distinct()
                .toList();
        return new Module(name, packages, below);
    }

    static List<Module> modules() {
        return MODULES;
    }

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(JACOBI);

    private static final DescribedPredicate<JavaClass> NOT_JACOBI = resideOutsideOfPackages(JACOBI + "..");

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKnowsOnlyTheModulesBelowIt(Module module) {
        check(classes()
                .that(module.classes())
                .should()
                .onlyDependOnClassesThat(NOT_JACOBI.or(module.classes()).or(module.classesBelow())));
    }

    @Test
    void everyClassBelongsToOneModule() {
        for (JavaClass type : CLASSES) {
            assertThat(MODULES)
                    .as("modules that %s belongs to", type.getName())
                    .filteredOn(module -> module.classes().test(type))
                    .hasSize(1);
        }
    }

    @Test
    void noPackagesFormACircle() {
        check(slices().matching("io.jacobi.(**)").should().beFreeOfCycles()); // a subpackage is a slice of its own
    }

    @Test
    void theContractKnowsScratchAlone() {
        DescribedPredicate<JavaClass> scratch =
                DescribedPredicate.describe("Scratch", type -> type.getName().equals(JACOBI + ".math.Scratch"));
        check(classes()
                .that()
                .resideInAPackage(JACOBI)
                .should()
                .onlyDependOnClassesThat(
                        NOT_JACOBI.or(resideInAnyPackage(JACOBI)).or(scratch)));
    }

    @Test
    void modelsLossesOptimizersAndDataKnowNothingAboveThem() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MATH, INIT, MODEL, LOSS, OPTIM, DATA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INFERENCE, DERIVATIVE, IO, TRAIN, METRIC));
    }

    @Test
    void predictionAndFilesKnowNoTraining() {
        check(noClasses()
                .that()
                .resideInAnyPackage(INFERENCE, IO)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRAIN, METRIC));
    }

    @Test
    void trainingKnowsNoMetricOfItsUsers() {
        check(noClasses()
                .that()
                .resideInAPackage(TRAIN)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(METRIC));
    }

    @Test
    void nothingThatAServiceEmbedsKnowsTheChecker() {
        check(noClasses()
                .that(FILES.classes().or(CORE.classes()).or(LAYERS.classes()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHECK, SCALAR));
    }

    @Test
    void layersKnowNeitherTrainingNorOptimizersNorLosses() {
        check(noClasses()
                .that(LAYERS.classes())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRAIN, METRIC, OPTIM, LOSS, DATA, DERIVATIVE));
    }

    @Test
    void calculusKnowsShapesAndKernelsOfTheCoreAlone() {
        check(classes()
                .that(CALCULUS.classes())
                .should()
                .onlyDependOnClassesThat(CALCULUS.classes()
                        .or(resideInAnyPackage(JACOBI, MATH, "org.nd4j..", "org.jspecify..", "java.."))));
    }

    @Test
    void onnxKnowsNeitherTrainingNorOptimizersNorLosses() {
        check(noClasses()
                .that(ONNX.classes())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRAIN, METRIC, OPTIM, LOSS));
    }

    @Test
    void onlyOnnxKnowsItsFormat() {
        check(noClasses()
                .that(DescribedPredicate.not(ONNX.classes()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnx..", "com.google.protobuf..", "org.tribuo.."));
    }

    @Test
    void testsForUsersKnowTheChecksAndJUnitAlone() {
        check(classes()
                .that(JUNIT.classes())
                .should()
                .onlyDependOnClassesThat(JUNIT.classes()
                        .or(resideInAnyPackage(CHECK, "org.junit.jupiter.api..", "org.jspecify..", "java.."))));
    }

    @Test
    void onlyMathTouchesNativeMemoryAndBlas() {
        DescribedPredicate<JavaClass> others = DescribedPredicate.not(resideInAnyPackage(MATH));
        check(noClasses().that(others).should().dependOnClassesThat().resideInAPackage("org.bytedeco.."));
        // the buffers of nn-files are bytes on the heap: filesAreReadWithoutNd4j
        check(noClasses()
                .that(others.and(DescribedPredicate.not(FILES.classes())))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio"));
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
    void filesAreReadWithoutNd4j() {
        check(noClasses()
                .that(FILES.classes())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco.."));
    }

    @Test
    void noCodeTouchesNd4jsGlobals() {
        Set<String> globals = Set.of("setDefaultDataTypes", "setDataType", "getRandom", "rand", "randn");
        DescribedPredicate<JavaMethodCall> global = DescribedPredicate.describe(
                "a global of ND4J",
                call -> globals.contains(call.getName())
                        && call.getTargetOwner().isEquivalentTo(Nd4j.class));
        check(noClasses().should().callMethodWhere(global));
    }

    /**
     * The digits, decimal points and small letters that a user or a program reads do not depend on the machine's
     * language.
     */
    @Test
    void textIsTheSameInEveryLanguage() {
        Set<String> withoutLocale = Set.of(
                "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
                "java.lang.String.formatted([Ljava.lang.Object;)",
                "java.lang.String.toLowerCase()",
                "java.lang.String.toUpperCase()",
                "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
                "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)",
                "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)",
                "java.io.PrintWriter.format(java.lang.String, [Ljava.lang.Object;)",
                "java.util.Formatter.<init>()",
                "java.text.NumberFormat.getInstance()",
                "java.text.DecimalFormat.<init>(java.lang.String)",
                "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
                "java.util.Scanner.<init>(java.io.InputStream)");
        DescribedPredicate<JavaCall<?>> languageOfTheMachine = DescribedPredicate.describe(
                "a method that has another with a Locale",
                call -> withoutLocale.contains(call.getTarget().getFullName()));
        check(noClasses().should().callCodeUnitWhere(languageOfTheMachine));
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
    void onlyTestsForUsersDependOnATestFramework() {
        check(noClasses()
                .that(DescribedPredicate.not(JUNIT.classes()))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj.."));
    }

    @Test
    void everyPackageIsNullMarked() {
        DescribedPredicate<JavaClass> unmarked = DescribedPredicate.describe(
                "in a package that is not @NullMarked",
                type -> !type.getPackage().isAnnotatedWith(NullMarked.class));
        check(noClasses().should(ArchConditions.be(unmarked)));
    }
}
