package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.notation.Text.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Combines the vectors and matrices of a contraction into matrix products. Factors that share a summed index with each
 * other only are multiplied, a closed loop becomes a trace, and diag(x) represents a vector whose index is free or also
 * occurs elsewhere. If a contraction has no such form, more than one chain remains.
 */
final class Chains {

    private final Style style;
    private final Set<Index> free;
    private final List<Chain> chains;

    /** The scalar products, traces and sums found so far. */
    private final List<Text> numbers = new ArrayList<>();

    Chains(List<Chain> chains, Set<Index> free, Style style) {
        this.chains = new ArrayList<>(chains);
        this.free = free;
        this.style = style;
    }

    List<Text> numbers() {
        return numbers;
    }

    /**
     * The single chain that remains, with the given rows and columns. It has no links if everything became a number.
     * Empty if the contraction has no matrix notation.
     */
    Optional<Chain> assemble(List<Index> axes) {
        while (closeLoop() || pairVectors() || join() || sumUp() || multiplyElements() || scaleByDiagonal()) {
            // each step removes a chain or an index
        }
        if (axes.isEmpty()) {
            return chains.isEmpty()
                    ? Optional.of(new Chain(List.of(), Optional.empty(), Optional.empty()))
                    : Optional.empty();
        }
        if (chains.size() == 2 && axes.size() == 2 && chains.stream().allMatch(Chain::isVector)) {
            Chain first = chains.get(chains.get(0).isAt(axes.get(0)) ? 0 : 1);
            Chain second = chains.get(first.equals(chains.get(0)) ? 1 : 0);
            return first.isAt(axes.get(0)) && second.isAt(axes.get(1))
                    ? Optional.of(first.times(second.transposed()))
                    : Optional.empty();
        }
        if (chains.size() != 1) {
            return Optional.empty();
        }
        Chain last = chains.get(0).startingAt(axes.get(0));
        return last.ends().toList().equals(axes) ? Optional.of(last) : Optional.empty();
    }

    private long count(Index index) {
        return chains.stream().flatMap(Chain::ends).filter(index::equals).count() + (free.contains(index) ? 1 : 0);
    }

    private List<Index> indices() {
        return chains.stream().flatMap(Chain::ends).distinct().toList();
    }

    private List<Chain> at(Index index) {
        return chains.stream().filter(chain -> chain.isAt(index)).toList();
    }

    private void replace(Chain first, Chain second, Stream<Chain> by) {
        int place = chains.indexOf(first);
        chains.remove(first);
        chains.remove(second);
        by.forEach(chain -> chains.add(Math.min(place, chains.size()), chain));
    }

    /** A_ii is a trace if i is summed and occurs nowhere else; otherwise it is a diagonal. */
    private boolean closeLoop() {
        for (Chain chain : List.copyOf(chains)) {
            if (chain.isLoop()) {
                Index index = chain.row().orElseThrow();
                String inside = chain.text(List.of(), style).text();
                chains.remove(chain);
                if (count(index) == 0) {
                    numbers.add(Text.atom(style.function("tr", inside)));
                } else {
                    chains.add(Chain.vector(Text.atom(style.function("diag", inside)), index));
                }
                return true;
            }
        }
        return false;
    }

    /** x_i y_i is a number if i is summed and occurs nowhere else; otherwise it is an element-wise product. */
    private boolean pairVectors() {
        for (Index index : indices()) {
            List<Chain> vectors = at(index).stream().filter(Chain::isVector).toList();
            if (vectors.size() < 2) {
                continue;
            }
            chains.removeAll(vectors);
            boolean inner = count(index) == 0 && vectors.stream().noneMatch(Chain::isReciprocal);
            if (inner && vectors.size() == 2) {
                numbers.add(vectors.get(0).transposed().times(vectors.get(1)).text(List.of(), style));
            } else {
                chains.add(Chain.vector(elementwise(vectors), index));
            }
            return true;
        }
        return false;
    }

    /** x .* y ./ z */
    private Text elementwise(List<Chain> factors) {
        List<String> above = factors.stream()
                .filter(chain -> !chain.isReciprocal())
                .map(chain -> chain.text(List.of(), style).within(Binding.POWER, style))
                .toList();
        String text = above.isEmpty() ? "1" : style.elementwise(above);
        for (Chain factor : factors) {
            Optional<Text> divisor = factor.links().get(0).divisor();
            if (factor.isReciprocal() && divisor.isPresent()) {
                text = style.elementwiseQuotient(text, divisor.get().within(Binding.POWER, style));
            }
        }
        return new Text(text, Binding.PRODUCT);
    }

    /** A_ij B_jk is a matrix product if j is summed and occurs nowhere else. Pairs in this order come first. */
    private boolean join() {
        List<Index> shared = indices().stream()
                .filter(index -> at(index).size() == 2 && count(index) == 2 && !free.contains(index))
                .toList();
        Optional<Index> next = shared.stream()
                .filter(this::isInOrder)
                .findFirst()
                .or(() -> shared.stream().findFirst());
        next.ifPresent(index -> {
            Chain first = at(index).get(0);
            Chain second = at(index).get(1);
            boolean turn = first.isVector() || (isAtRow(first, index) && !isAtRow(second, index));
            Chain left = (turn ? second : first).endingAt(index);
            Chain right = (turn ? first : second).startingAt(index);
            Chain joined = left.times(right);
            replace(first, second, Stream.of(joined.row().isPresent() ? joined : joined.transposed()));
        });
        return next.isPresent();
    }

    private boolean isInOrder(Index index) {
        return !isAtRow(at(index).get(0), index) && isAtRow(at(index).get(1), index);
    }

    private static boolean isAtRow(Chain chain, Index index) {
        return chain.row().filter(index::equals).isPresent();
    }

    /** Sums over an index that only one chain has. */
    private boolean sumUp() {
        for (Index index : indices()) {
            if (count(index) != 1 || free.contains(index)) {
                continue;
            }
            Chain chain = at(index).get(0);
            if (chain.ends().allMatch(end -> count(end) == 1 && !free.contains(end))) {
                chains.remove(chain);
                numbers.add(Text.atom(
                        style.function("sum", chain.text(List.of(), style).text())));
            } else {
                Chain ones = Chain.vector(Text.atom(style.ones()), index);
                replace(chain, chain, Stream.of(chain.endingAt(index).times(ones)));
            }
            return true;
        }
        return false;
    }

    /** A_ij B_ij is an element-wise product if an index is free or also occurs elsewhere. */
    private boolean multiplyElements() {
        for (Chain first : List.copyOf(chains)) {
            for (Chain second : List.copyOf(chains)) {
                boolean same = !first.equals(second)
                        && !first.isVector()
                        && first.ends().allMatch(second::isAt)
                        && !second.isVector();
                if (same) {
                    Index row = first.row().orElseThrow();
                    Text text = elementwise(List.of(first, second.startingAt(row)));
                    replace(
                            first,
                            second,
                            Stream.of(Chain.matrix(text, row, first.column().orElseThrow())));
                    return true;
                }
            }
        }
        return false;
    }

    /** x_i A_ij is diag(x) A if i is free or also occurs elsewhere; x_i δ_ij is diag(x). */
    private boolean scaleByDiagonal() {
        for (Index index : indices()) {
            List<Chain> all = at(index);
            Optional<Chain> vector = all.stream().filter(Chain::isVector).findFirst();
            Optional<Chain> matrix =
                    all.stream().filter(chain -> !chain.isVector()).findFirst();
            if (vector.isPresent() && matrix.isPresent()) {
                Text diagonal = Text.atom(style.function(
                        "diag", vector.get().text(List.of(), style).text()));
                Chain scale = Chain.symmetric(diagonal, index, index);
                Chain scaled = isAtRow(matrix.get(), index)
                        ? scale.times(matrix.get())
                        : matrix.get().times(scale);
                replace(vector.get(), matrix.get(), Stream.of(withoutIdentity(scaled)));
                return true;
            }
        }
        return false;
    }

    private Chain withoutIdentity(Chain chain) {
        List<Chain.Link> links = chain.links().stream()
                .filter(link -> !link.text().text().equals(style.identity()))
                .toList();
        return new Chain(links, chain.row(), chain.column());
    }
}
