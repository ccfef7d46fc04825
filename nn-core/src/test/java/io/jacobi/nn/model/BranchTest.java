package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Branch;
import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers inside a layer: their arrays, memory and paths, and the branches that a build refuses. */
class BranchTest {

    private static final Link[] NONE = {};

    private static Sequential model(Layer... layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(3));
        for (Layer layer : layers) {
            builder.add(layer);
        }
        return builder.build(DataType.DOUBLE, 1);
    }

    private static Layer one(Layer inside, Shape input, Link... links) {
        return new Parent((x, d) -> d.branch("f", inside, input, links), false);
    }

    /** A layer that declares branches and computes nothing. */
    private record Parent(BiFunction<Shape, Declarations, Shape> declarations, boolean couplesExamples)
            implements Layer {

        static Parent of(Consumer<Declarations> declarations) {
            return new Parent(
                    (x, d) -> {
                        declarations.accept(d);
                        return x;
                    },
                    false);
        }

        @Override
        public Shape declare(Shape input, Declarations d) {
            return declarations.apply(input, d);
        }

        @Override
        public void forward(Pass p) {}

        @Override
        public void backward(Pass p) {}

        @Override
        public String toString() {
            return "Parent";
        }
    }

    @Test
    void aLinkedArrayIsTheParents() {
        Sequential model = model(one(new Dense(3), Shape.of(3), Link.X, Link.Y, Link.DY, Link.DX));
        try (Workspace w = Workspace.withInputGradient(model, 2)) {
            Pass p = w.pass(0);
            Branch f = p.branch("f");

            assertThat(f.x()).isSameAs(p.x()).isSameAs(w.input());
            assertThat(f.y()).isSameAs(p.y()).isSameAs(w.output());
            assertThat(f.dy()).isSameAs(p.dy()).isSameAs(w.outputGradient());
            assertThat(f.dx()).isSameAs(p.dx()).isSameAs(w.inputGradient());
            // x, dx, y, dy, and nothing for the branch
            assertThat(w.bytes()).isEqualTo(8 * (2 * (3 + 3 + 3 + 3) + 12));
        }
    }

    @Test
    void withoutLinksItHasFourArraysOfItsOwn() {
        Sequential model = model(Parent.of(d -> d.branch("f", new Dense(5), Shape.of(4), NONE)));
        try (Workspace w = Workspace.withInputGradient(model, 2)) {
            Branch f = w.pass(0).branch("f");

            assertThat(f.x().shape()).containsExactly(2, 4);
            assertThat(f.y().shape()).containsExactly(2, 5);
            assertThat(f.dy().shape()).containsExactly(2, 5);
            assertThat(f.dx().shape()).containsExactly(2, 4);
            assertThat(f.x())
                    .isSameAs(w.pass(0).branch("f").x())
                    .isNotSameAs(w.pass(0).x());
            assertThat(w.bytes()).isEqualTo(8 * (2 * (4 * 3 + 4 + 5 + 5 + 4) + 25));
            double number = 0;
            for (INDArray array : List.of(w.input(), w.output(), f.x(), f.y(), f.dy(), f.dx())) {
                Vectors.fill(w.scratch(), array, ++number);
            }
            number = 0;
            for (INDArray array : List.of(w.input(), w.output(), f.x(), f.y(), f.dy(), f.dx())) {
                assertThat(Vectors.toDoubles(array)).as("no two overlap").containsOnly(++number);
            }
        }
    }

    @Test
    void toPredictItHasXAndYAlone() {
        Sequential model = model(Parent.of(d -> d.branch("f", new Dense(5), Shape.of(4), NONE)));
        try (Workspace w = Workspace.forInference(model, 2)) {
            Branch f = w.pass(0).branch("f");

            assertThat(f.needsInputGradient()).isFalse();
            assertThatIllegalStateException().isThrownBy(f::dy).withMessageContaining("Dense(5) has no dy here");
            assertThatIllegalStateException().isThrownBy(f::dx).withMessageContaining("Dense(5) has no dx here");
            assertThat(w.bytes()).isEqualTo(8 * 2 * (3 + 3 + 4 + 5));
        }
    }

    @Test
    void branchesComeInTheOrderOfTheirDeclaration() {
        Sequential model = model(Parent.of(d -> {
            d.branch("z", new Rectifier(), Shape.of(1), NONE);
            d.branch("a", new Rectifier(), Shape.of(2), NONE);
        }));
        try (Workspace w = Workspace.forTraining(model, 1)) {
            Pass p = w.pass(0);

            assertThat(p.branches().size()).isEqualTo(2);
            assertThat(p.branches().get(0)).isSameAs(p.branch("z"));
            assertThat(p.branches().get(1)).isSameAs(p.branch("a"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> p.branch("b"))
                    .withMessageContaining("Parent has no branch(\"b\") here");
        }
    }

    @Test
    void parametersAreStoredByTheNamesOfTheirBranches() {
        Sequential model = model(new Dense(3), Parent.of(d -> {
            d.branch("", List.of(new Rectifier(), new Dense(1)), Shape.of(3), Link.X);
            d.parameter("scale", Shape.of(1), Initializers.zeros());
            d.branch("gate", new Dense(1), Shape.of(3), Link.X);
            d.branch("key", List.of(new Dense(1), one(new Dense(2), Shape.of(1))), Shape.of(3), Link.X);
        }));

        assertThat(model.parameters())
                .extracting(Parameter::path)
                .containsExactly(
                        "0.weight",
                        "0.bias",
                        "1.1.weight",
                        "1.1.bias",
                        "1.scale",
                        "1.gate.weight",
                        "1.gate.bias",
                        "1.key.0.weight",
                        "1.key.0.bias",
                        "1.key.1.f.weight",
                        "1.key.1.f.bias");
        assertThat(model.parameterCount()).isEqualTo(12 + 4 + 1 + 4 + 4 + 4);
    }

    @Test
    void equalLayersInTwoBranchesStartDifferently() {
        Sequential model = model(Parent.of(d -> {
            d.branch("a", new Dense(3), Shape.of(3), Link.X);
            d.branch("b", new Dense(3), Shape.of(3), Link.X);
        }));

        assertThat(Vectors.toDoubles(model.value("0.a.weight")))
                .isNotEqualTo(Vectors.toDoubles(model.value("0.b.weight")));
    }

    /** Whether branch f has a dx as part of the first layer of a model in training. */
    private static boolean needsDx(Consumer<Declarations> declarations) {
        try (Workspace w = Workspace.forTraining(model(Parent.of(declarations)), 2)) {
            return w.pass(0).branch("f").needsInputGradient();
        }
    }

    @Test
    void aBranchOfXHasNoDxIfTheParentHasNone() {
        assertThat(needsDx(d -> {
                    d.branch("f", new Dense(2), Shape.of(3), Link.X);
                    d.branch("g", new Dense(2), Shape.of(3), Link.X);
                    d.parameter("scale", Shape.of(1), Initializers.zeros());
                }))
                .isFalse();
        assertThat(needsDx(d -> {
                    d.branch("f", new Dense(2), Shape.of(2), Link.FROM_X);
                    d.branch("g", new Dense(2), Shape.of(3), Link.X);
                    d.parameter("scale", Shape.of(1), Initializers.zeros());
                }))
                .isFalse();
        assertThat(needsDx(d -> d.branch("f", new Dense(2), Shape.of(2), NONE)))
                .as("there are no other parameters")
                .isFalse();
    }

    @Test
    void aBranchOfOtherParametersHasADx() {
        assertThat(needsDx(d -> {
                    d.branch("f", new Rectifier(), Shape.of(2), NONE);
                    d.branch("g", new Dense(2), Shape.of(3), Link.X);
                }))
                .isTrue();
        assertThat(needsDx(d -> {
                    d.parameter("scale", Shape.of(1), Initializers.zeros());
                    d.branch("f", new Rectifier(), Shape.of(2), NONE);
                }))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Link.class,
            names = {"X", "FROM_X"})
    void everyBranchHasADxIfTheParentHasOne(Link link) {
        Sequential model = model(new Dense(3), one(new Rectifier(), Shape.of(3), link, Link.DX));
        try (Workspace w = Workspace.forTraining(model, 2)) {
            assertThat(w.pass(0).needsInputGradient()).isFalse();
            assertThat(w.pass(1).branch("f").dx()).isSameAs(w.pass(1).dx());
        }
    }

    @Test
    void aChainInsideRunsInOrderAndBackwards() {
        Sequential nested = model(new Nest(List.of(new Dense(4), new Rectifier(), new Dense(2))));
        Sequential flat = model(new Dense(4), new Rectifier(), new Dense(2));
        Vectors.copy(nested.weights(), flat.weights());

        assertThat(run(nested)).isEqualTo(run(flat));
    }

    @Test
    void branchesMayHaveBranches() {
        Sequential nested = model(new Nest(List.of(new Nest(List.of(new Dense(4))), new Rectifier(), new Dense(2))));
        Sequential flat = model(new Dense(4), new Rectifier(), new Dense(2));
        Vectors.copy(nested.weights(), flat.weights());

        assertThat(nested.parameters()).extracting(Parameter::path).startsWith("0.0.0.weight", "0.0.0.bias");
        assertThat(run(nested)).isEqualTo(run(flat));
    }

    /** Output, gradient of the input and gradients of the weights. */
    private static double[] run(Sequential model) {
        try (Workspace w = Workspace.withInputGradient(model, 4)) {
            Vectors.set(w.input(), TestArrays.normals(3, 12));
            w.forward(0, 0);
            Vectors.set(w.outputGradient(), TestArrays.normals(4, 8));
            w.clearGradients();
            w.backward();
            return Stream.of(w.output(), w.inputGradient(), w.gradients())
                    .flatMapToDouble(array -> Arrays.stream(Vectors.toDoubles(array)))
                    .toArray();
        }
    }

    /** A nested model that copies x in and y out. */
    private record Nest(List<Layer> layers) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return d.branch("", layers, input, Link.FROM_X);
        }

        @Override
        public void forward(Pass p) {
            Branch f = p.branch("");
            Vectors.copy(p.scratch(), p.x(), f.x());
            f.forward();
            Vectors.copy(p.scratch(), f.y(), p.y());
        }

        @Override
        public void backward(Pass p) {
            Branch f = p.branch("");
            Vectors.copy(p.scratch(), p.dy(), f.dy());
            f.backward();
            if (p.needsInputGradient()) {
                Vectors.copy(p.scratch(), f.dx(), p.dx());
            }
        }
    }

    @Test
    void anInputOfAnotherShapeCannotBeShared() {
        assertThatThrownBy(() -> model(new Dense(3), one(new Dense(3), Shape.of(4), Link.X)))
                .isInstanceOf(ShapeException.class)
                .hasMessage("""
                        Layer 2 of 2, Parent: branch "f" cannot share x with the layer that declares it
                          expects  an input of [3], the layer's
                          received [4]
                          fix: leave out Link.X and write the branch's x in forward, or give the branch that input""");
        assertThatThrownBy(() -> model(one(new Dense(3), Shape.of(4), Link.FROM_X, Link.DX)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("branch \"f\" cannot share dx with the layer that declares it")
                .hasMessageContaining("leave out Link.DX and write the layer's dx in backward");
    }

    @Test
    void anOutputOfAnotherShapeCannotBeShared() {
        Layer shared = Parent.of(d -> d.branch("f", new Dense(5), Shape.of(3), Link.X, Link.DY));
        assertThatThrownBy(() -> model(new Dense(3), shared))
                .isInstanceOf(ShapeException.class)
                .hasMessage("""
                        Layer 2 of 2, Parent: branch "f" cannot share dy with the layer that declares it
                          expects  an output of [3], the layer's
                          received [5]
                          fix: leave out Link.DY and write the branch's dy in backward, or give the branch that output""");
        assertThatThrownBy(() -> model(Parent.of(d -> d.branch("f", new Dense(5), Shape.of(3), Link.X, Link.Y))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("branch \"f\" cannot share y with the layer that declares it")
                .hasMessageContaining("leave out Link.Y and write the layer's y in forward");
    }

    @ParameterizedTest
    @EnumSource(
            value = Link.class,
            names = {"Y", "DX"})
    void twoBranchesCannotWriteOneArray(Link link) {
        Layer both = Parent.of(d -> {
            d.branch("f", new Dense(3), Shape.of(3), Link.X, link);
            d.branch("g", new Dense(3), Shape.of(3), Link.X, link);
        });

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(both))
                .withMessageContaining("Branches \"f\" and \"g\" of one layer both have Link." + link)
                .withMessageContaining("fix: ");
    }

    @Test
    void onlyABranchOfXCanWriteTheParentsDx() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(one(new Dense(3), Shape.of(3), Link.DX)))
                .withMessageContaining("Branch \"f\" has Link.DX without Link.X or Link.FROM_X")
                .withMessageContaining("expected one of them")
                .withMessageContaining("fix: ");
    }

    @Test
    void aMisfitInsideNamesTheBranch() {
        assertThatThrownBy(() -> model(one(new Dense(3), Shape.of(2, 2))))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("Layer 1 of 1, Parent: Branch \"f\", Dense(3): the input does not fit")
                .hasMessageContaining("received [2, 2] from the layer that declares it\n");
        assertThatThrownBy(() -> model(
                        Parent.of(d -> d.branch("key", List.of(new Rectifier(), new Dense(3)), Shape.of(2, 2), NONE))))
                .hasMessageStartingWith(
                        "Layer 1 of 1, Parent: Branch \"key\", child 2 of 2, Dense(3): the input does not fit")
                .hasMessageContaining("received [2, 2] from branch \"key\", child 1, Rectifier\n");
        assertThatThrownBy(() ->
                        model(Parent.of(d -> d.branch("", List.of(new Rectifier(), new Dense(3)), Shape.of(2, 2)))))
                .hasMessageStartingWith("Layer 1 of 1, Parent: Child 2 of 2, Dense(3): the input does not fit")
                .hasMessageContaining("received [2, 2] from child 1, Rectifier\n");
    }

    @Test
    void aBranchHasLayers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(Parent.of(d -> d.branch("f", List.of(), Shape.of(3), NONE))))
                .withMessageContaining("Branch \"f\" has no layers");
    }

    @Test
    void twoLayersCannotHaveOnePath() {
        List<Layer> layers = List.of(new Rectifier(), new Dense(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(Parent.of(d -> {
                    d.branch("", layers, Shape.of(3), NONE);
                    d.branch("1", new Dense(1), Shape.of(3), NONE);
                })))
                .withMessageContaining("The layer at 0 declares \"1\" twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(Parent.of(d -> {
                    d.branch("f", layers, Shape.of(3), NONE);
                    d.branch("f", new Dense(1), Shape.of(3), NONE);
                })))
                .withMessageContaining("The layer at 0 declares \"f\" twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(one(new Parent((x, d) -> d.branch("", new Dense(3), x), false), Shape.of(3))))
                .withMessageContaining("The branch of Dense(3) has no name")
                .withMessageContaining("fix: give it a name, or declare it as List.of(Dense(3))");
    }

    @Test
    void aLayerMustCoupleExamplesIfOneInsideDoes() {
        Layer coupling = new Parent((x, d) -> x, true);
        Layer silent = one(coupling, Shape.of(3), Link.X);
        Layer frank = new Parent((x, d) -> d.branch("f", List.of(new Rectifier(), coupling), x, Link.X), true);

        assertThat(model(frank).layers()).containsExactly(frank);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(silent))
                .withMessageContaining("Parent couples no examples, and Parent inside it does")
                .withMessageContaining("fix: override it in Parent");
    }

    @Test
    void narrowedItSeesTheFirstRows() {
        Sequential model = model(Parent.of(d -> d.branch("f", new Dense(5), Shape.of(4), NONE)));
        try (Workspace w = Workspace.forTraining(model, 3)) {
            Vectors.set(w.pass(0).branch("f").x(), TestArrays.normals(1, 12));
            double[] all = Vectors.toDoubles(w.pass(0).branch("f").x());

            INDArray x = w.narrow(2).pass(0).branch("f").x();

            assertThat(x.shape()).containsExactly(2, 4);
            assertThat(all).startsWith(Vectors.toDoubles(x));
        }
    }
}
