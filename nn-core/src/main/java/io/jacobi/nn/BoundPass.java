package io.jacobi.nn;

import io.jacobi.nn.math.Scratch;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of one layer in one workspace. */
final class BoundPass implements Pass {

    private final Workspace workspace;
    private final LayerPlan plan;
    private final INDArray x;
    private final INDArray y;
    private final @Nullable INDArray dy;
    private final @Nullable INDArray dx;
    private final Map<String, INDArray> saved;
    private final Map<String, INDArray> gradients;
    private final Map<String, INDArray> values = new HashMap<>();
    private final boolean needed;

    BoundPass(
            Workspace workspace,
            LayerPlan plan,
            INDArray x,
            INDArray y,
            @Nullable INDArray dy,
            @Nullable INDArray dx,
            Map<String, INDArray> saved,
            Map<String, INDArray> gradients,
            boolean needed) {
        this.workspace = workspace;
        this.plan = plan;
        this.x = x;
        this.y = y;
        this.dy = dy;
        this.dx = dx;
        this.saved = saved;
        this.gradients = gradients;
        this.needed = needed;
        plan.parameters().forEach(p -> values.put(p.name(), workspace.model().value(p.path())));
        plan.states().forEach(p -> values.put(p.name(), workspace.model().value(p.path())));
    }

    Layer layer() {
        return plan.layer();
    }

    /** Whether backward has anything to compute here. */
    boolean isNeeded() {
        return needed;
    }

    @Override
    public INDArray x() {
        return x;
    }

    @Override
    public INDArray y() {
        return y;
    }

    @Override
    public INDArray dy() {
        return present(dy, "dy");
    }

    @Override
    public INDArray dx() {
        return present(dx, "dx");
    }

    @Override
    public INDArray value(String name) {
        return present(values.get(name), "value(\"" + name + "\")");
    }

    @Override
    public INDArray gradient(String parameter) {
        return present(gradients.get(parameter), "gradient(\"" + parameter + "\")");
    }

    @Override
    public INDArray saved(String name) {
        return present(saved.get(name), "saved(\"" + name + "\")");
    }

    @Override
    public boolean training() {
        return workspace.isTraining();
    }

    @Override
    public boolean needsInputGradient() {
        return dx != null;
    }

    @Override
    public int batch() {
        return workspace.batch();
    }

    @Override
    public int firstExample() {
        return workspace.firstExample();
    }

    @Override
    public long key() {
        return Seeds.derive(workspace.model().seed(), Seeds.Purpose.FORWARD, plan.index(), workspace.step());
    }

    @Override
    public Scratch scratch() {
        return workspace.scratch();
    }

    private INDArray present(@Nullable INDArray array, String what) {
        if (array == null) {
            throw new IllegalStateException(plan.label() + " has no " + what
                    + " here\n  expected a name that it declared, in a workspace made for what it does"
                    + "\n  fix: declare it, or ask needsInputGradient() before dx(), or use Workspace.forTraining");
        }
        return array;
    }
}
