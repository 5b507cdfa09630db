package dev.windlass.wasm.text;

/// The grammar of numbers: which kind of token a word is.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/values.html">Text format: values</a>
final class NumberSyntax {
    private final byte[] source;
    private final int end;
    private int at;

    private NumberSyntax(byte[] source, int start, int end) {
        this.source = source;
        this.at = start;
        this.end = end;
    }

    /// The kind of a word of identifier characters that does not begin with a dollar sign.
    static Token kind(byte[] source, int start, int end) {
        NumberSyntax syntax = new NumberSyntax(source, start, end);
        boolean signed = syntax.take('+') || syntax.take('-');
        Token number = syntax.number(signed);
        if (number != Token.RESERVED || signed || start == end) {
            return number;
        }
        return source[start] >= 'a' && source[start] <= 'z' ? Token.KEYWORD : Token.RESERVED;
    }

    private Token number(boolean signed) {
        int start = at;
        if (takeAll("inf") && at == end) {
            return Token.FLOAT;
        }
        at = start;
        if (takeAll("nan")) {
            boolean isNan = at == end || (takeAll(":0x") && digits(16) && at == end);
            return isNan ? Token.FLOAT : Token.RESERVED;
        }
        boolean hex = takeAll("0x");
        int radix = hex ? 16 : 10;
        if (!digits(radix)) {
            return Token.RESERVED;
        }
        if (at == end) {
            return signed ? Token.INTEGER : Token.NATURAL;
        }
        return fraction(radix) && exponent(hex) && at == end ? Token.FLOAT : Token.RESERVED;
    }

    private boolean fraction(int radix) {
        return !take('.')
                || at == end
                || StringLiteral.hex(source[at]) < 0
                || isExponent(radix)
                || digits(radix);
    }

    private boolean isExponent(int radix) {
        return radix == 10 && (source[at] == 'e' || source[at] == 'E');
    }

    private boolean exponent(boolean hex) {
        boolean marked = hex ? take('p') || take('P') : take('e') || take('E');
        if (!marked) {
            return true;
        }
        if (!take('+')) {
            take('-');
        }
        return digits(10);
    }

    /// One digit or more, single underscores between them.
    private boolean digits(int radix) {
        if (!isDigit(radix)) {
            return false;
        }
        while (isDigit(radix)) {
            at++;
            if (take('_') && !isDigit(radix)) {
                return false;
            }
        }
        return true;
    }

    private boolean isDigit(int radix) {
        return at < end && Character.digit(source[at], radix) >= 0;
    }

    private boolean take(char c) {
        boolean there = at < end && source[at] == c;
        at += there ? 1 : 0;
        return there;
    }

    private boolean takeAll(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= end || source[at + i] != text.charAt(i)) {
                return false;
            }
        }
        at += text.length();
        return true;
    }
}
