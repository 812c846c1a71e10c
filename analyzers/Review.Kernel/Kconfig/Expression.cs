using System.Collections.Immutable;

namespace Review.Kernel.Kconfig;

/// <summary>
/// A Kconfig expression. Conjunctions and disjunctions are flat lists, so that the depth of a tree is that of its
/// parentheses, which the parser bounds.
/// </summary>
internal abstract class Expression
{
    public static Expression Yes { get; } = new Constant(TriState.Yes);

    public static Expression No { get; } = new Constant(TriState.No);

    /// <summary>The conjunction; always-true parts are left out.</summary>
    public static Expression And(params ReadOnlySpan<Expression> parts)
    {
        var builder = ImmutableArray.CreateBuilder<Expression>(parts.Length);
        foreach (var part in parts)
        {
            if (part is not Constant { Value: TriState.Yes })
            {
                builder.Add(part);
            }
        }

        return builder.Count switch
        {
            0 => Yes,
            1 => builder[0],
            _ => new All(builder.ToImmutable()),
        };
    }
}

/// <summary>One of the words <c>y</c>, <c>m</c>, <c>n</c>.</summary>
internal sealed class Constant(TriState value) : Expression
{
    public TriState Value { get; } = value;
}

/// <summary>A quoted text; as a truth value it counts only if it is <c>y</c>, <c>m</c> or <c>n</c>.</summary>
internal sealed class Literal(string text) : Expression
{
    public string Text { get; } = text;
}

/// <summary>A symbol; a name nobody defines (numbers among them) stands for itself in comparisons and is <c>n</c> otherwise.</summary>
internal sealed class Reference(Symbol symbol) : Expression
{
    public Symbol Symbol { get; } = symbol;
}

internal sealed class Not(Expression operand) : Expression
{
    public Expression Operand { get; } = operand;
}

internal sealed class All(ImmutableArray<Expression> parts) : Expression
{
    public ImmutableArray<Expression> Parts { get; } = parts;
}

internal sealed class Any(ImmutableArray<Expression> parts) : Expression
{
    public ImmutableArray<Expression> Parts { get; } = parts;
}

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A comparison of two operands, which are constants, literals or references.</summary>
internal sealed class Comparison(ComparisonOperator @operator, Expression left, Expression right) : Expression
{
    public ComparisonOperator Operator { get; } = @operator;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;
}
