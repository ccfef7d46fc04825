package io.jacobi.nn.model;

import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A branch of a layer after its shapes were checked.
 *
 * @param name its name in the layer that declared it
 * @param layers the layers inside, in order
 * @param links the arrays that it shares with the layer that declared it
 */
public record BranchPlan(String name, List<LayerPlan> layers, Set<Link> links) {

    public BranchPlan {
        layers = List.copyOf(layers);
        links = Set.copyOf(links);
    }

    /** The shape of one input example. */
    public Shape input() {
        return layers.get(0).input();
    }

    /** The shape of one output example. */
    public Shape output() {
        return layers.get(layers.size() - 1).output();
    }

    /** Whether a layer inside has parameters. */
    boolean trains() {
        return layers.stream().anyMatch(LayerPlan::trains);
    }

    /** Whether x depends on nothing but the x of the layer that declared the branch. */
    boolean dependsOnXAlone() {
        return links.contains(Link.X) || links.contains(Link.FROM_X);
    }

    void requireParentsInput(Shape parent) {
        if (links.contains(Link.DX) && !dependsOnXAlone()) {
            throw new IllegalArgumentException("Branch \"" + name + "\" has Link.DX without Link.X or Link.FROM_X"
                    + "\n  expected one of them, because the branch may need a dx where the layer has none"
                    + "\n  fix: add one, or leave out Link.DX and add the branch's dx to the layer's in backward");
        }
        requireShape(Link.X, input(), parent, "input", "write the branch's x in forward");
        requireShape(Link.DX, input(), parent, "input", "write the layer's dx in backward");
    }

    void requireParentsOutput(Shape parent) {
        requireShape(Link.Y, output(), parent, "output", "write the layer's y in forward");
        requireShape(Link.DY, output(), parent, "output", "write the branch's dy in backward");
    }

    private void requireShape(Link link, Shape own, Shape parent, String end, String instead) {
        if (links.contains(link) && !own.equals(parent)) {
            throw new ShapeException(
                    "branch \"" + name + "\" cannot share " + link.name().toLowerCase(Locale.ROOT)
                            + " with the layer that declares it",
                    "an " + end + " of " + parent + ", the layer's",
                    own.toString(),
                    "leave out Link." + link + " and " + instead + ", or give the branch that " + end);
        }
    }
}
