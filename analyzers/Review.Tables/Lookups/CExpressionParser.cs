namespace Review.Tables.Lookups;

/// <summary>Parses expressions and initial values without knowing any declaration; null where there is none, <see cref="COpaque"/> for a part that is not understood.</summary>
internal sealed class CExpressionParser(CTokenCursor at)
{
    private static readonly string[][] Precedence =
        [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", "<=", ">", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];

    private List<CToken> Tokens => at.Tokens;

    /// <summary>Parses an expression up to what cannot belong to it; null if there is none.</summary>
    public CExpression? ParseExpression()
    {
        var left = ParseAssignment();
        while (left is not null && at.Take(","))
        {
            left = ParseAssignment() is { } right ? CTokenCursor.Chained(new CBinary(",", left, right)) : null;
        }

        return left;
    }

    /// <summary>Parses an initial value.</summary>
    public CExpression? ParseInitializer() => at.Current == "{" ? at.Nested(ParseList) : ParseAssignment();

    private CExpression? ParseAssignment() => at.Nested(ParseOneAssignment);

    private CExpression? ParseOneAssignment()
    {
        var left = ParseConditional();
        if (left is not null && at.Current is "=" or "+=" or "-=" or "|=" or "&=" or "*=" or "/=" or "^=" or "<<=" or ">>=" or "%=")
        {
            var @operator = Tokens[at.Position++].Text;
            return ParseAssignment() is { } value ? new CAssignment(@operator, left!, value) : null;
        }

        return left;
    }

    public CExpression? ParseConditional()
    {
        var condition = ParseBinary(0);
        if (condition is null || !at.Take("?"))
        {
            return condition;
        }

        var then = at.Current == ":" ? condition : ParseExpression();
        return then is not null && at.Take(":") && at.Nested(ParseConditional) is { } @else ? new CConditional(condition, then, @else) : null;
    }

    private CExpression? ParseBinary(int level)
    {
        if (level == Precedence.Length)
        {
            return ParseUnary();
        }

        var left = ParseBinary(level + 1);
        while (left is not null && Precedence[level].Contains(at.Current))
        {
            var @operator = Tokens[at.Position++].Text;
            left = ParseBinary(level + 1) is { } right ? CTokenCursor.Chained(new CBinary(@operator, left, right)) : null;
        }

        return left;
    }

    private CExpression? ParseUnary()
    {
        if (at.Current is "!" or "-" or "~" or "*" or "&" or "++" or "--" or "+" or "sizeof" or "defined")
        {
            var @operator = Tokens[at.Position++].Text;
            if (@operator == "sizeof" && at.Current == "(")
            {
                return new CUnary(@operator, at.SkipParentheses());
            }

            return at.Nested(ParseUnary) is { } operand ? new CUnary(@operator, operand) : null;
        }

        if (at.Current == "(" && IsTypeAt(at.Position + 1))
        {
            at.Position = at.AfterParentheses(at.Position);
            return at.Current == "{" ? ParseList() : at.Nested(ParseUnary);
        }

        return ParsePostfix(ParsePrimary());
    }

    private CExpression? ParsePrimary()
    {
        if (at.Position >= Tokens.Count)
        {
            return null;
        }

        var token = Tokens[at.Position];
        if (token.Text == "(")
        {
            if (at.Peek(1) == "{")
            {
                return at.SkipParentheses();
            }

            at.Position++;
            var inner = ParseExpression();
            return inner is not null && at.Take(")") ? inner : null;
        }

        if (char.IsDigit(token.Text[0]))
        {
            at.Position++;
            return CNumber.Parse(token.Text) is { } number ? new CNumberLiteral(number, token.Text.Contains('u', StringComparison.OrdinalIgnoreCase)) : at.Opaque(at.Position - 1, at.Position);
        }

        if (token.Text[0] is '"' or '\'')
        {
            at.Position++;
            return at.Opaque(at.Position, at.Position);
        }

        if (!token.IsWord || token.Text is "return" or "if" or "else" or "goto" or "case" or "struct" or "enum" or "union")
        {
            return null;
        }

        at.Position++;
        return new CName(token.Text);
    }

    private CExpression? ParsePostfix(CExpression? expression)
    {
        while (expression is not null)
        {
            switch (at.Current)
            {
                case "(":
                    expression = ParseCall(expression);
                    break;
                case "[":
                    at.Position++;
                    expression = ParseExpression() is { } index && at.Take("]") ? new CIndex(expression, index) : null;
                    break;
                case "." or "->":
                    expression = new CMember(expression, at.Peek(1), at.Current == "->");
                    at.Position += 2;
                    break;
                case "++" or "--":
                    expression = new CUnary(Tokens[at.Position++].Text, expression);
                    break;
                default:
                    return expression;
            }

            expression = expression is null ? null : CTokenCursor.Chained(expression);
        }

        return null;
    }

    private CCall ParseCall(CExpression function)
    {
        var end = at.AfterParentheses(at.Position);
        at.Position++;
        var arguments = new List<CExpression>();
        while (at.Position < end - 1)
        {
            var start = at.Position;
            if (ParseAssignment() is { } argument && at.Current is "," or ")")
            {
                arguments.Add(argument);
            }
            else
            {
                at.Position = start;
                while (at.Position < end - 1 && at.Current != ",")
                {
                    at.Position = at.Current is "(" or "[" or "{" ? at.AfterBracket(at.Position) : at.Position + 1;
                }

                arguments.Add(at.Opaque(start, at.Position));
            }

            _ = at.Take(",");
        }

        at.Position = end;
        return new CCall(function, arguments);
    }

    private CList? ParseList()
    {
        var end = at.AfterBracket(at.Position);
        at.Position++;
        var elements = new List<CElement>();
        while (at.Position < end - 1)
        {
            string? field = null;
            CExpression? index = null;
            CExpression? last = null;
            if (at.Current == "." && at.Peek(2) is "=" or "." or "[")
            {
                field = at.Peek(1);
                at.Position += 2;
            }
            else if (at.Take("["))
            {
                index = ParseConditional();
                last = at.Take("...") ? ParseConditional() : null;
                if (index is null || !at.Take("]"))
                {
                    return null;
                }
            }

            if ((field is not null || index is not null) && !at.Take("="))
            {
                return null;
            }

            if (ParseInitializer() is not { } value)
            {
                return null;
            }

            elements.Add(new CElement(field, index, last, value));
            if (!at.Take(",") && at.Position < end - 1)
            {
                return null;
            }
        }

        at.Position = end;
        return new CList(elements);
    }

    private bool IsTypeAt(int start)
    {
        if (start >= Tokens.Count || !Tokens[start].IsWord)
        {
            return false;
        }

        var isKnown = CTypeWords.Contains(Tokens[start].Text);
        var end = start;
        while (end < Tokens.Count && (Tokens[end].IsWord || Tokens[end].Text == "*"))
        {
            end++;
        }

        return end < Tokens.Count && Tokens[end].Text == ")" && (isKnown || Tokens[end - 1].Text == "*"
            || (end == start + 1 && end + 1 < Tokens.Count && (Tokens[end + 1].Text is "{" || Tokens[end + 1].IsWord || char.IsDigit(Tokens[end + 1].Text[0]))));
    }
}
