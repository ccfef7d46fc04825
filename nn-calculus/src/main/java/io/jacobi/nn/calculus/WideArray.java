package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Index;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An array of wide numbers with an index for each axis, in 'c' order. */
final class WideArray {

    private final WideNumber[] elements;
    private final List<Index> axes;
    private final int[] lengths;

    WideArray(WideNumber[] elements, List<Index> axes, int[] lengths) {
        this.elements = elements;
        this.axes = axes;
        this.lengths = lengths;
    }

    WideNumber element(int at) {
        return elements[at];
    }

    int length(int axis) {
        return lengths[axis];
    }

    static WideArray of(double[] values, List<Index> axes, long... shape) {
        return new WideArray(
                Arrays.stream(values).mapToObj(WideNumber::of).toArray(WideNumber[]::new),
                axes,
                Arrays.stream(shape).mapToInt(length -> (int) length).toArray());
    }

    static WideArray number(WideNumber value) {
        return new WideArray(new WideNumber[] {value}, List.of(), new int[0]);
    }

    Labelled narrow() {
        return Labelled.of(
                Arrays.stream(elements).mapToDouble(WideNumber::value).toArray(),
                axes,
                Arrays.stream(lengths).asLongStream().toArray());
    }

    WideArray map(Function function) {
        return new WideArray(
                Arrays.stream(elements).map(element -> element.map(function)).toArray(WideNumber[]::new),
                axes,
                lengths);
    }

    /** Returns the array with its axes in the given order; an index that occurs twice means the diagonal. */
    WideArray ordered(List<Index> order) {
        return axes.equals(order) ? this : contract(List.of(this), order);
    }

    /** The sum of arrays with the same axes. */
    static WideArray sum(List<WideArray> terms) {
        WideArray first = terms.get(0);
        WideNumber[] total = first.elements.clone();
        for (WideArray term : terms.subList(1, terms.size())) {
            Arrays.setAll(total, at -> total[at].plus(term.elements[at]));
        }
        return new WideArray(total, first.axes, first.lengths);
    }

    /** The product of all factors, from left to right, summed over an index as soon as no other factor has it. */
    static WideArray contract(List<WideArray> factors, List<Index> axes) {
        WideArray product = number(WideNumber.of(1));
        for (int at = 0; at < factors.size(); at++) {
            Set<Index> needed = Stream.concat(
                            axes.stream(),
                            factors.subList(at + 1, factors.size()).stream().flatMap(later -> later.axes.stream()))
                    .collect(Collectors.toSet());
            boolean last = at == factors.size() - 1;
            List<Index> kept = Stream.concat(product.axes.stream(), factors.get(at).axes.stream())
                    .distinct()
                    .filter(needed::contains)
                    .toList();
            product = product.times(factors.get(at), last ? axes : kept);
        }
        return product;
    }

    private WideArray times(WideArray other, List<Index> kept) {
        Map<Index, Integer> all = new LinkedHashMap<>();
        kept.forEach(index -> all.put(index, 0));
        addLengths(all);
        other.addLengths(all);
        List<Index> loops = new ArrayList<>(all.keySet());
        int[] counts = all.values().stream().mapToInt(Integer::intValue).toArray();
        int[] here = strides(loops);
        int[] there = other.strides(loops);
        int inner = 1;
        for (int loop = kept.size(); loop < counts.length; loop++) {
            inner *= counts[loop];
        }
        int[] lengths = Arrays.copyOf(counts, kept.size());
        WideNumber[] product = new WideNumber[Arrays.stream(lengths).reduce(1, (a, b) -> a * b)];
        int[] at = new int[counts.length];
        for (int element = 0; element < product.length; element++) {
            WideNumber sum = WideNumber.ZERO;
            for (int term = 0; term < inner; term++) {
                sum = sum.plus(elements[offset(at, here)].times(other.elements[offset(at, there)]));
                advance(at, counts);
            }
            product[element] = sum;
        }
        return new WideArray(product, kept, lengths);
    }

    private void addLengths(Map<Index, Integer> all) {
        for (int axis = 0; axis < lengths.length; axis++) {
            all.put(axes.get(axis), lengths[axis]);
        }
    }

    /** The distance of neighbours along each index; the sum of two for the diagonal of two axes. */
    private int[] strides(List<Index> loops) {
        int[] strides = new int[loops.size()];
        int stride = 1;
        for (int axis = lengths.length - 1; axis >= 0; axis--) {
            strides[loops.indexOf(axes.get(axis))] += stride;
            stride *= lengths[axis];
        }
        return strides;
    }

    private static int offset(int[] at, int[] strides) {
        int offset = 0;
        for (int loop = 0; loop < at.length; loop++) {
            offset += at[loop] * strides[loop];
        }
        return offset;
    }

    private static void advance(int[] at, int[] counts) {
        for (int loop = at.length - 1; loop >= 0 && ++at[loop] == counts[loop]; loop--) {
            at[loop] = 0;
        }
    }
}
