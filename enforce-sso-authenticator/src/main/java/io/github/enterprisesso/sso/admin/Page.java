package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.settings.SettingsCheck.Complaint;
import jakarta.ws.rs.BadRequestException;
import java.util.List;

/**
 * Which part of a list is asked for.
 *
 * @param first how many to leave out, from 0
 * @param max how many at most, 1 to {@value #LARGEST}
 */
record Page(int first, int max) {

    private static final int LARGEST = 1000;
    private static final int USUAL = 100;

    /**
     * @param first absent is 0
     * @param max absent is {@value #USUAL}
     * @throws BadRequestException names the parameter that is out of range or no number
     */
    static Page of(String first, String max) {
        return new Page(
                (int) number("first", first, 0, 0, Integer.MAX_VALUE), (int) number("max", max, USUAL, 1, LARGEST));
    }

    /** A number of a query parameter, or the usual one if it is absent. */
    static long number(String name, String value, long usual, long lowest, long highest) {
        if (value == null || value.isBlank()) {
            return usual;
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw badField(name, "'%s' is not allowed; give a number from %d to %d".formatted(value, lowest, highest));
    }

    /** True or false of a query parameter, or the usual one if it is absent. */
    static boolean flag(String name, String value, boolean usual) {
        if (value == null || value.isBlank()) {
            return usual;
        }
        return switch (value.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw badField(name, "'%s' is not allowed; give true or false".formatted(value));
        };
    }

    /** A 400 that names the parameter. */
    static BadRequestException badField(String name, String message) {
        return new BadRequestException(FieldErrors.badRequest(
                "The parameter '%s' is wrong".formatted(name), List.of(new Complaint(name, message))));
    }
}
