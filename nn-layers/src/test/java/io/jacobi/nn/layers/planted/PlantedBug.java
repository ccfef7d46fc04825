package io.jacobi.nn.layers.planted;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.layers.check.ScalarLayers;
import java.util.function.UnaryOperator;

/**
 * A layer with a mistake, the check that looks for it, and the claim that must find it.
 *
 * @param wrong the layer
 * @param claim the name of the claim
 * @param place the settings of the check: input shape, batches
 */
record PlantedBug(SpoiledLayer wrong, String claim, UnaryOperator<LayerCheck> place) {

    static final String DIFFERENCES = "central differences";
    static final String SCALARS = "scalar engine";

    static PlantedBug caughtBy(String claim, SpoiledLayer wrong, long... input) {
        return new PlantedBug(wrong, claim, check -> check.input(Shape.of(input)));
    }

    /** Returns a copy that is checked with the given batch sizes. */
    PlantedBug batches(Integer... sizes) {
        return with(check -> check.batches(sizes));
    }

    /** Returns a copy that is checked on inputs from the given source. */
    PlantedBug inputs(Initializer source) {
        return with(check -> check.inputs(source));
    }

    PlantedBug with(UnaryOperator<LayerCheck> more) {
        return new PlantedBug(wrong, claim, check -> more.apply(place.apply(check)));
    }

    LayerCheck check() {
        return check(wrong);
    }

    LayerCheck checkOfTheRightLayer() {
        return check(wrong.right());
    }

    private LayerCheck check(Layer layer) {
        return place.apply(GradientCheck.of(layer).scalars(ScalarLayers.of(wrong.right())));
    }
}
