package io.jacobi.nn.files.table;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of dates: the day, scaled like a number, and where it lies in the year and in the week, each as a sine and a
 * cosine, so that December is next to January. With times, also the sine and cosine of the hour in the day. A missing
 * date has zeros in place of sines and cosines.
 *
 * @param pattern how texts are written: {@link DateText#ISO} or a pattern of {@link java.time.format.DateTimeFormatter}
 * @param time whether the cells have a time of day
 * @param days scales the days since 1970-01-01
 */
public record DateEncoding(String column, String pattern, boolean time, Scaling days) implements ColumnEncoding {

    private static final double SECONDS_OF_DAY = 86_400;

    public DateEncoding {
        DateText.requirePattern(column, pattern);
    }

    @Override
    public List<String> features() {
        List<String> names = new ArrayList<>(days.features(column));
        for (String cycle : time ? List.of("year", "week", "day") : List.of("year", "week")) {
            names.add(column + ": sine of the " + cycle);
            names.add(column + ": cosine of the " + cycle);
        }
        return List.copyOf(names);
    }

    /** The scaled day, then the sines and cosines. */
    @Override
    public int codes() {
        return time ? 7 : 5;
    }

    @Override
    public CellEncoder encoder() {
        return new Encoder(this, DateText.in(pattern));
    }

    /** The days from 1970-01-01 to a date, with the time of day as a fraction. */
    public static double days(LocalDateTime date) {
        return date.toLocalDate().toEpochDay() + date.toLocalTime().toNanoOfDay() / (SECONDS_OF_DAY * 1e9);
    }

    private static void cycle(double turns, float[] codes, int at) {
        double angle = 2 * Math.PI * (turns - Math.floor(turns));
        codes[at] = (float) StrictMath.sin(angle);
        codes[at + 1] = (float) StrictMath.cos(angle);
    }

    /** Reads the cells; the pattern has been compiled. */
    private record Encoder(DateEncoding encoding, DateText dates) implements CellEncoder {

        @Override
        public void encode(@Nullable Object cell, float[] codes, int at) {
            if (cell == null || Cell.isMissing(cell)) {
                Arrays.fill(codes, at, at + encoding.codes(), 0);
                codes[at] = Float.NaN;
                return;
            }
            LocalDateTime date = date(cell);
            double day = days(date);
            codes[at] = encoding.days.scaled(day);
            cycle(
                    (date.getDayOfYear() - 1 + day - Math.floor(day))
                            / date.toLocalDate().lengthOfYear(),
                    codes,
                    at + 1);
            // 1970-01-01 was a Thursday
            cycle((day + 3) / 7, codes, at + 3);
            if (encoding.time) {
                cycle(day, codes, at + 5);
            }
        }

        /**
         * The date in a cell that is not missing; a time with a zone or an offset in UTC.
         *
         * @throws TableException if the cell is no date
         */
        private LocalDateTime date(Object cell) {
            return dates.find(cell)
                    .orElseThrow(() -> TableException.inColumn(
                            encoding.column,
                            TableException.quote(Cell.text(cell)) + " is not a date",
                            dates.pattern().equals(DateText.ISO)
                                    ? "a date such as 2024-03-01 or 2024-03-01T12:30:00"
                                    : dates.pattern(),
                            "correct the cell, or leave it empty if the date is missing"));
        }

        @Override
        public void expand(float[] codes, int from, float[] features, int to) {
            encoding.days.expand(codes[from], features, to);
            int first = encoding.days.width();
            System.arraycopy(codes, from + 1, features, to + first, encoding.codes() - 1);
        }
    }
}
