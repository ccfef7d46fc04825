package io.jacobi.nn.bench;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rule of ArchitectureTest in nn-examples that holds here, too: nn-examples does not see the benchmarks. */
class PackagesTest {

    @Test
    void noPackagesFormACircle() {
        JavaClasses benchmarks = new ClassFileImporter().importPackages("io.jacobi.nn.bench");
        slices().matching("io.jacobi.nn.(**)").should().beFreeOfCycles().check(benchmarks);
    }
}
