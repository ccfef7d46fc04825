package io.jacobi.nn.model;

import io.jacobi.nn.Row;
import io.jacobi.nn.RowLayer;
import io.jacobi.nn.Seeds;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One example of a pass on the heap, and the loops that move it over the batch. */
final class BoundRow implements Row {

    private static final int SLOT = 0;

    private final BoundPass pass;
    private final double[] x;
    private final double[] y;
    private final double[] dy;
    private final double[] dx;
    private final Map<String, double[]> values = new HashMap<>();
    private final Map<String, double[]> gradients = new HashMap<>();
    private final Map<String, double[]> saved = new HashMap<>();
    private int example;
    private boolean isBackward;

    BoundRow(BoundPass pass, LayerPlan plan) {
        this.pass = pass;
        this.x = array(plan.input());
        this.y = array(plan.output());
        this.dy = array(plan.output());
        this.dx = array(plan.input());
        plan.parameters().forEach((name, p) -> {
            values.put(name, array(p.shape()));
            gradients.put(name, array(p.shape()));
        });
        plan.states().forEach((name, p) -> values.put(name, array(p.shape())));
        plan.saved().forEach((name, shape) -> saved.put(name, array(shape)));
    }

    private static double[] array(Shape shape) {
        return new double[Math.toIntExact(shape.size())];
    }

    void forward(RowLayer layer) {
        isBackward = false;
        values.forEach((name, value) -> load(pass.value(name), 0, value));
        for (example = 0; example < pass.batch(); example++) {
            load(pass.x(), example, x);
            Arrays.fill(y, Double.NaN);
            saved.forEach((name, row) -> Arrays.fill(row, Double.NaN));
            layer.forward(this);
            store(y, pass.y(), example);
            saved.forEach((name, row) -> store(row, pass.saved(name), example));
        }
    }

    void backward(RowLayer layer) {
        isBackward = true;
        values.forEach((name, value) -> load(pass.value(name), 0, value));
        gradients.forEach((name, sum) -> Arrays.fill(sum, 0));
        for (example = 0; example < pass.batch(); example++) {
            load(pass.x(), example, x);
            load(pass.y(), example, y);
            load(pass.dy(), example, dy);
            Arrays.fill(dx, Double.NaN);
            saved.forEach((name, row) -> load(pass.saved(name), example, row));
            layer.backward(this);
            if (needsInputGradient()) {
                store(dx, pass.dx(), example);
            }
        }
        gradients.forEach((name, sum) -> add(sum, pass.gradient(name)));
    }

    private void load(INDArray from, int row, double[] to) {
        Scratch s = pass.scratch();
        double[] tile = s.load(SLOT, s.span(from), row * to.length, to.length);
        System.arraycopy(tile, 0, to, 0, to.length);
    }

    private void store(double[] from, INDArray to, int row) {
        Scratch s = pass.scratch();
        System.arraycopy(from, 0, s.doubles(SLOT, from.length), 0, from.length);
        s.store(SLOT, s.span(to), row * from.length, from.length);
    }

    private void add(double[] from, INDArray to) {
        Scratch s = pass.scratch();
        Span span = s.span(to);
        double[] tile = s.load(SLOT, span, 0, from.length);
        for (int i = 0; i < from.length; i++) {
            tile[i] += from[i];
        }
        s.store(SLOT, span, 0, from.length);
    }

    @Override
    public double[] x() {
        return x;
    }

    @Override
    public double[] y() {
        return y;
    }

    @Override
    public double[] dy() {
        return inBackward(dy, "dy");
    }

    @Override
    public double[] dx() {
        return inBackward(dx, "dx");
    }

    @Override
    public double[] value(String name) {
        return pass.present(values.get(name), "value", name);
    }

    @Override
    public double[] gradient(String parameter) {
        return inBackward(pass.present(gradients.get(parameter), "gradient", parameter), "gradient");
    }

    @Override
    public double[] saved(String name) {
        return pass.present(saved.get(name), "saved", name);
    }

    private double[] inBackward(double[] array, String what) {
        if (!isBackward) {
            throw new IllegalStateException(
                    pass.layer() + " has no " + what + " in forward" + "\n  expected it to be used in backward alone");
        }
        return array;
    }

    @Override
    public boolean needsInputGradient() {
        return pass.needsInputGradient();
    }

    @Override
    public boolean training() {
        return pass.training();
    }

    @Override
    public SplittableRandom random() {
        return new SplittableRandom(
                Seeds.derive(pass.key(), Seeds.Purpose.FORWARD, 0, pass.firstExample() + (long) example));
    }
}
