package io.jacobi.nn.model;

import io.jacobi.nn.Branch;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.RowLayer;
import io.jacobi.nn.Seeds;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.model.MemoryPlan.Flow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of one layer in one context. */
final class BoundPass implements Pass {

    private final StepContext context;
    private final LayerPlan plan;
    private final Flow<INDArray> flow;
    private final Map<String, INDArray> values;
    private final Map<String, INDArray> gradients;
    private final Map<String, INDArray> saved;
    private final Map<String, BoundChain> branches;
    private final List<BoundChain> branchList;
    private final boolean needsBackward;
    private @Nullable BoundRow row;

    BoundPass(
            StepContext context,
            LayerPlan plan,
            Flow<INDArray> flow,
            Map<String, INDArray> values,
            Map<String, INDArray> gradients,
            Map<String, INDArray> saved,
            Map<String, BoundChain> branches,
            boolean needsBackward) {
        this.context = context;
        this.plan = plan;
        this.flow = flow;
        this.values = values;
        this.gradients = gradients;
        this.saved = saved;
        this.branches = branches;
        this.branchList = List.copyOf(branches.values());
        this.needsBackward = needsBackward;
    }

    Layer layer() {
        return plan.layer();
    }

    /** Whether backward has anything to compute in this layer. */
    boolean isNeeded() {
        return needsBackward;
    }

    @Override
    public INDArray x() {
        return flow.x();
    }

    @Override
    public INDArray y() {
        return flow.y();
    }

    @Override
    public INDArray dy() {
        return present(flow.dy(), "dy", "");
    }

    @Override
    public INDArray dx() {
        return present(flow.dx(), "dx", "");
    }

    @Override
    public INDArray value(String name) {
        return present(values.get(name), "value", name);
    }

    @Override
    public void storeState(String name, double[] v) {
        Span state = scratch().span(value(name));
        for (int i = 0; i < state.length(); i++) {
            if (!Double.isFinite(state.isFloat() ? (float) v[i] : v[i])) {
                throw new IllegalArgumentException(unstorable(name, i, v[i], state.isFloat()));
            }
        }
        for (int i = 0; i < state.length(); i++) {
            state.set(i, v[i]);
        }
    }

    private String unstorable(String name, int index, double value, boolean isFloat) {
        return plan.label() + " cannot store element " + index + " of its state " + plan.path() + "." + name
                + ": it is "
                + value + (isFloat && Double.isFinite(value) ? ", which is infinite as a float" : "")
                + "\n  expected finite numbers, below " + (isFloat ? Float.MAX_VALUE : Double.MAX_VALUE)
                + "\n  fix: scale the inputs of the layer to about 1, look for outliers in the data"
                + (isFloat ? ", or build the model in DOUBLE" : "");
    }

    @Override
    public INDArray gradient(String parameter) {
        return present(gradients.get(parameter), "gradient", parameter);
    }

    @Override
    public INDArray saved(String name) {
        return present(saved.get(name), "saved", name);
    }

    @Override
    public INDArray buffer(String name) {
        return present(saved.get(name), "buffer", name);
    }

    @Override
    public Branch branch(String name) {
        return present(branches.get(name), "branch", name);
    }

    @Override
    public List<BoundChain> branches() {
        return branchList;
    }

    @Override
    public boolean training() {
        return context.isTraining();
    }

    @Override
    public boolean needsInputGradient() {
        return flow.dx() != null;
    }

    @Override
    public int batch() {
        return context.batch();
    }

    @Override
    public int firstExample() {
        return context.firstExample();
    }

    @Override
    public long key() {
        return Seeds.pass(context.seed(), plan.path(), context.step());
    }

    @Override
    public Scratch scratch() {
        return context.scratch();
    }

    @Override
    public void forwardRows(RowLayer layer) {
        row().forward(layer);
    }

    @Override
    public void backwardRows(RowLayer layer) {
        row().backward(layer);
    }

    private BoundRow row() {
        if (row == null) {
            row = new BoundRow(this, plan);
        }
        return row;
    }

    <T> T present(@Nullable T thing, String what, String name) {
        if (thing == null) {
            throw new IllegalStateException(
                    plan.label() + " has no " + what + (name.isEmpty() ? "" : "(\"" + name + "\")") + " here"
                            + "\n  expected a declared name, in a workspace that has such an array"
                            + "\n  fix: declare it, call needsInputGradient() before dx(),"
                            + " or use Workspace.forTraining");
        }
        return thing;
    }
}
