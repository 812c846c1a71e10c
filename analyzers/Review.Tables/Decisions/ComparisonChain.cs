using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary><c>if (x == MADV_A) ... else if (x == MADV_B) ... else ...</c>: a decision written without a switch.</summary>
public sealed class ComparisonChain
{
    private ComparisonChain(ImmutableArray<string> names, Statement lastElse)
    {
        Names = names;
        LastElse = lastElse;
    }

    /// <summary>The values that are named, in source order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>What happens to all others.</summary>
    public Statement LastElse { get; }

    /// <summary>The chain that starts at an <c>if</c>; null if a condition is about something else, or there is no last <c>else</c>.</summary>
    public static ComparisonChain? Of(IfStatement first, SourceText text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        Symbol? subject = null;
        for (var current = first; ;)
        {
            if (!Collect(current.Condition, text, ref subject, names))
            {
                return null;
            }

            switch (current.Else)
            {
                case null:
                    return null;
                case IfStatement next:
                    current = next;
                    break;
                case var last:
                    return new ComparisonChain(names.ToImmutable(), last);
            }
        }
    }

    /// <summary>Adds the values that a condition compares one variable with; false if it is anything but that.</summary>
    private static bool Collect(Expression condition, SourceText text, ref Symbol? subject, ImmutableArray<string>.Builder names)
    {
        switch (condition.Unwrapped)
        {
            case BinaryExpression { Operator: BinaryOperator.LogicalOr } either:
                return Collect(either.Left, text, ref subject, names) && Collect(either.Right, text, ref subject, names);
            case BinaryExpression { Operator: BinaryOperator.Equal, Left: var left, Right: var right }:
                if (left.Constant is not null)
                {
                    (left, right) = (right, left);
                }

                var name = right.Constant is null ? "" : text.Slice(right.Span);
                var variable = left.Unwrapped switch { NameExpression n => n.Symbol, MemberExpression m => m.Field, _ => null };
                if (variable is null || (subject ??= variable) != variable || !name.StartsWith("MADV_", StringComparison.Ordinal))
                {
                    return false;
                }

                names.Add(name);
                return true;
            default:
                return false;
        }
    }
}
