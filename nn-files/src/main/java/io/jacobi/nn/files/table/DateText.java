package io.jacobi.nn.files.table;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Dates and times as tables write them. A time with a zone or an offset is moved to UTC; one without is kept as it is. */
public final class DateText {

    /** ISO 8601: {@code 2024-03-01}, {@code 2024-03-01T12:30:00}, also with a space, an offset or {@code Z}. */
    public static final String ISO = "ISO";

    /** The longest pattern, because a file may come from anyone and its pattern is compiled. */
    private static final int MAX_PATTERN = 100;

    private DateText() {}

    /**
     * Checks that dates can be read in a pattern.
     *
     * @throws IllegalArgumentException if it is neither {@link #ISO} nor a pattern of {@link DateTimeFormatter}
     */
    static void requirePattern(String column, String pattern) {
        if (!isPattern(pattern)) {
            throw new IllegalArgumentException(
                    "Column " + TableException.quote(column) + " has the pattern " + TableException.quote(pattern)
                            + "\n  expected " + ISO + ", or a pattern of DateTimeFormatter such as dd.MM.uuuu");
        }
    }

    private static boolean isPattern(String pattern) {
        try {
            return pattern.equals(ISO)
                    || (pattern.length() <= MAX_PATTERN && DateTimeFormatter.ofPattern(pattern, Locale.ROOT) != null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The time of a text in this pattern: {@link #ISO} or one of {@link DateTimeFormatter}; empty if it is none. */
    public static Optional<LocalDateTime> parse(String text, String pattern) {
        try {
            return Optional.of(pattern.equals(ISO) ? iso(text) : formatted(text, pattern));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime iso(String text) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        if (iso.length() <= 10) {
            return LocalDate.parse(iso).atStartOfDay();
        }
        return DateTimeFormatter.ISO_DATE_TIME.parse(iso, time -> {
            LocalDateTime local = LocalDateTime.from(time);
            return time.isSupported(java.time.temporal.ChronoField.OFFSET_SECONDS)
                    ? OffsetDateTime.from(time)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : local;
        });
    }

    private static LocalDateTime formatted(String text, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).parse(text, time -> {
            LocalDate date = LocalDate.from(time);
            return time.isSupported(java.time.temporal.ChronoField.SECOND_OF_DAY)
                    ? LocalDateTime.of(date, LocalTime.from(time))
                    : date.atStartOfDay();
        });
    }
}
