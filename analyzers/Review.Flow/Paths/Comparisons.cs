using Review.Core.Syntax;

namespace Review.Flow.Paths;

/// <summary>Comparisons of values: what a path learns from one, and that the same one comes out alike the next time.</summary>
internal static class Comparisons
{
    private const string Equal = "equal";
    private const string Less = "less";
    private const string LessUnsigned = "less, unsigned";

    /// <summary>MAX_ERRNO of include/linux/err.h.</summary>
    private const int MaximumErrno = 4095;

    /// <summary>Assumes that a comparison holds; null if what the path knows rules it out.</summary>
    public static PathState? Assume(PathState state, BinaryExpression comparison, BinaryOperator @operator)
    {
        var left = ExpressionSemantics.Evaluate(state, comparison.Left);
        var right = ExpressionSemantics.Evaluate(state, comparison.Right);
        var type = comparison.Left.Type.Canonical;
        if (IsTruth(comparison.Left) && right is ConstantValue { Number: 1 } && @operator is BinaryOperator.Equal or BinaryOperator.NotEqual)
        {
            // "== true" asks no more than the value's truth.
            (right, @operator) = (ConstantValue.Zero, Negate(@operator));
        }

        return Assume(state, left, @operator, right, type is not (IntegerType { IsSigned: true } or EnumType));
    }

    /// <summary>The comparison that holds if the given one does not.</summary>
    public static BinaryOperator Negate(BinaryOperator comparison) => comparison switch
    {
        BinaryOperator.Less => BinaryOperator.GreaterOrEqual,
        BinaryOperator.Greater => BinaryOperator.LessOrEqual,
        BinaryOperator.LessOrEqual => BinaryOperator.Greater,
        BinaryOperator.GreaterOrEqual => BinaryOperator.Less,
        BinaryOperator.Equal => BinaryOperator.NotEqual,
        _ => BinaryOperator.Equal,
    };

    /// <summary>Assumes that a value is not a certain number; null if it is known to be.</summary>
    public static PathState? AssumeNot(PathState state, Value value, long number) =>
        Assume(state, value, BinaryOperator.NotEqual, new ConstantValue(number), isUnsigned: false);

    /// <summary>Whether a relation made here holds between two numbers; null for a relation of another kind.</summary>
    public static bool? Holds(Relation relation, long left, long right) => relation.Name switch
    {
        Equal => left == right,
        Less => left < right,
        LessUnsigned => unchecked((ulong)left) < unchecked((ulong)right),
        _ => null,
    };

    /// <summary>The numbers that a path has found a value not to be.</summary>
    public static IEnumerable<long> NumbersRuledOut(PathState state, Value value)
    {
        foreach (var (unknown, fact) in state.Facts)
        {
            if (unknown is { Generation: 0, Source: Relation { Name: Equal, Operands: [var one, var other] } } && fact == Fact.Of(0)
                && (one == value ? other : other == value ? one : null) is ConstantValue { Number: var number })
            {
                yield return number;
            }
        }
    }

    private static bool IsTruth(Expression expression) => expression.Unwrapped.Type.Canonical is IntegerType { IsBool: true };

    private static PathState? Assume(PathState state, Value left, BinaryOperator @operator, Value right, bool isUnsigned)
    {
        if (left is ConstantValue && right is not ConstantValue)
        {
            (left, right) = (right, left);
            @operator = Mirror(@operator);
        }

        if (left is ConstantValue { Number: var a } && right is ConstantValue { Number: var b })
        {
            return Holds(a, @operator, b, isUnsigned) ? state : null;
        }

        if (left == right)
        {
            return @operator is BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.Greater ? null : state;
        }

        var learned = right is ConstantValue { Number: var bound } ? LearnFromNumber(state, left, @operator, bound, isUnsigned) : state;
        return learned is not null && left is UnknownValue && right is UnknownValue or AddressValue or ConstantValue { Number: not 0 }
            ? Remember(learned, left, @operator, right, isUnsigned)
            : learned;
    }

    private static PathState? Remember(PathState state, Value left, BinaryOperator @operator, Value right, bool isUnsigned)
    {
        // All comparisons come down to two, so that the opposite of one is found under the same name.
        var less = isUnsigned ? LessUnsigned : Less;
        var (name, first, second, truth) = @operator switch
        {
            BinaryOperator.Equal => (Equal, left, right, true),
            BinaryOperator.NotEqual => (Equal, left, right, false),
            BinaryOperator.Less => (less, left, right, true),
            BinaryOperator.GreaterOrEqual => (less, left, right, false),
            BinaryOperator.Greater => (less, right, left, true),
            _ => (less, right, left, false),
        };
        var relation = new UnknownValue(new Relation(name, [first, second]));
        if (name == Equal && new UnknownValue(new Relation(name, [second, first])) is var mirrored && state.FactOf(mirrored) != Fact.Nothing)
        {
            relation = mirrored;
        }

        return state.Learn(relation, truth ? Fact.Nothing with { Signs = Signs.NotZero } : Fact.Of(0));
    }

    private static BinaryOperator Mirror(BinaryOperator comparison) => comparison switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        _ => comparison,
    };

    private static PathState? LearnFromNumber(PathState state, Value left, BinaryOperator @operator, long bound, bool isUnsigned)
    {
        // Unsigned numbers at the upper end are error codes; kernel addresses below them are not.
        var isError = bound is >= -MaximumErrno and < 0;
        var signs = @operator switch
        {
            BinaryOperator.Equal or BinaryOperator.NotEqual => bound == 0 && @operator == BinaryOperator.NotEqual ? Signs.NotZero : Signs.Any,
            BinaryOperator.Less when isUnsigned => bound == 0 ? Signs.None : isError ? Signs.NotNegative : bound == 1 ? Signs.Zero : Signs.Any,
            BinaryOperator.LessOrEqual when isUnsigned => bound == 0 ? Signs.Zero : isError ? Signs.NotNegative : Signs.Any,
            BinaryOperator.Greater when isUnsigned => isError ? Signs.Negative : Signs.NotZero,
            BinaryOperator.GreaterOrEqual when isUnsigned => isError ? Signs.Negative : bound == 0 ? Signs.Any : Signs.NotZero,
            BinaryOperator.Less => bound <= 0 ? Signs.Negative : bound == 1 ? Signs.NotPositive : Signs.Any,
            BinaryOperator.LessOrEqual => bound < 0 ? Signs.Negative : bound == 0 ? Signs.NotPositive : Signs.Any,
            BinaryOperator.Greater => bound >= 0 ? Signs.Positive : bound == -1 ? Signs.NotNegative : Signs.Any,
            _ => bound > 0 ? Signs.Positive : bound == 0 ? Signs.NotNegative : Signs.Any,
        };
        return @operator == BinaryOperator.Equal ? state.LearnEqual(left, bound)
            : signs == Signs.Zero ? state.LearnEqual(left, 0)
            : state.Learn(left, Fact.Nothing with { Signs = signs });
    }

    private static bool Holds(long left, BinaryOperator @operator, long right, bool isUnsigned)
    {
        var order = isUnsigned ? unchecked((ulong)left).CompareTo(unchecked((ulong)right)) : left.CompareTo(right);
        return @operator switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
