using System.Collections.Immutable;

namespace Review.Kernel.Kconfig;

/// <summary>
/// Reads expressions from the tokens of one line. Nesting is bounded; an expression beyond the bound, or one that makes no
/// sense, is <c>n</c> and recorded as a problem.
/// </summary>
internal ref struct ExpressionParser(ReadOnlySpan<Token> tokens, KconfigModel model)
{
    private const int MaximumDepth = 100;
    private readonly ReadOnlySpan<Token> tokens = tokens;
    private int position;
    private int depth;

    /// <summary>What was wrong with the line, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>True if another token follows.</summary>
    public readonly bool HasMore => position < tokens.Length;

    /// <summary>Consumes a word if it comes next.</summary>
    public bool TryTake(string word)
    {
        if (HasMore && tokens[position].IsWord(word))
        {
            position++;
            return true;
        }

        return false;
    }

    /// <summary>Reads a whole expression.</summary>
    public Expression Parse()
    {
        if (!HasMore)
        {
            return new Literal("");
        }

        var expression = ParseAny();
        return Problem is null ? expression : Expression.No;
    }

    /// <summary>Reads <c>if EXPRESSION</c>; always true where the line ends before it.</summary>
    public Expression ParseGuard() => TryTake("if") ? Parse() : Expression.Yes;

    /// <summary>Reads a single operand, for example the symbol after <c>select</c>.</summary>
    public Expression ParseOperand()
    {
        if (!HasMore)
        {
            return new Literal("");
        }

        var token = tokens[position++];
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new Literal(token.Text);
            case TokenKind.Word:
                return TriStates.Parse(token.Text) is { } value ? new Constant(value) : new Reference(model.Get(token.Text));
            default:
                Problem ??= $"'{token.Text}' where a symbol is expected; the expression is taken as n";
                return Expression.No;
        }
    }

    private Expression ParseAny()
    {
        var first = ParseAll();
        if (!TryTakeOperator("||"))
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(first);
        do
        {
            parts.Add(ParseAll());
        }
        while (TryTakeOperator("||"));
        return new Any(parts.ToImmutable());
    }

    private Expression ParseAll()
    {
        var first = ParseNot();
        if (!TryTakeOperator("&&"))
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(first);
        do
        {
            parts.Add(ParseNot());
        }
        while (TryTakeOperator("&&"));
        return new All(parts.ToImmutable());
    }

    private Expression ParseNot()
    {
        var negated = false;
        while (TryTakeOperator("!"))
        {
            negated = !negated;
        }

        var operand = ParsePrimary();
        return negated ? new Not(operand) : operand;
    }

    private Expression ParsePrimary()
    {
        if (TryTakeOperator("("))
        {
            if (++depth > MaximumDepth)
            {
                Problem ??= $"an expression with more than {MaximumDepth} nested parentheses; it is taken as n";
                position = tokens.Length;
                return Expression.No;
            }

            var inner = ParseAny();
            depth--;
            if (!TryTakeOperator(")"))
            {
                Problem ??= "')' is missing; the expression is taken as n";
            }

            return inner;
        }

        var left = ParseOperand();
        return TakeComparison() is { } comparison ? new Comparison(comparison, left, ParseOperand()) : left;
    }

    private ComparisonOperator? TakeComparison()
    {
        if (!HasMore || tokens[position].Kind != TokenKind.Operator)
        {
            return null;
        }

        ComparisonOperator? comparison = tokens[position].Text switch
        {
            "=" => ComparisonOperator.Equal,
            "!=" => ComparisonOperator.NotEqual,
            "<" => ComparisonOperator.Less,
            "<=" => ComparisonOperator.LessOrEqual,
            ">" => ComparisonOperator.Greater,
            ">=" => ComparisonOperator.GreaterOrEqual,
            _ => null,
        };
        if (comparison is not null)
        {
            position++;
        }

        return comparison;
    }

    private bool TryTakeOperator(string text)
    {
        if (HasMore && tokens[position].IsOperator(text))
        {
            position++;
            return true;
        }

        return false;
    }
}
