using Review.Core.Syntax;
using Review.Tables.Decisions;

namespace Review.Rules.Behavior;

/// <summary>What is known of an index where it is used: conditions and assignments that every path to that place has passed.</summary>
/// <param name="unit">The file.</param>
/// <param name="index">The variable, or the pointer to it.</param>
/// <param name="length">Number of elements.</param>
internal sealed class IndexProtection(TranslationUnit unit, Symbol index, long length)
{
    private const string Clamp = "array_index_nospec";

    /// <summary>True if the index is below the length.</summary>
    public bool IsBelow { get; private set; }

    /// <summary>True if the index is not negative.</summary>
    public bool IsNotNegative { get; private set; }

    /// <summary>True if a processor that guesses cannot get past the check.</summary>
    public bool IsClamped { get; private set; }

    /// <summary>What is known at a node.</summary>
    public static IndexProtection At(TranslationUnit unit, Node node, Symbol index, long length)
    {
        var protection = new IndexProtection(unit, index, length);
        protection.LookUp(node);
        return protection;
    }

    /// <summary>True for <c>array_index_nospec(...)</c>.</summary>
    public static bool IsClamp(Expression expression) =>
        expression.Unwrapped.Origin is { Macro: Clamp } or { Invocation.Name: Clamp } || expression.Origin is { Macro: Clamp } or { Invocation.Name: Clamp };

    private void LookUp(Node node)
    {
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case BlockStatement block:
                    foreach (var statement in block.Statements.TakeWhile(statement => statement != current))
                    {
                        Passed(statement);
                    }

                    break;
                case IfStatement @if when @if.Then == current:
                    Learn(@if.Condition, outcome: true);
                    break;
                case IfStatement @if when @if.Else == current:
                    Learn(@if.Condition, outcome: false);
                    break;
                case BinaryExpression { Operator: BinaryOperator.LogicalAnd } both when both.Right == current:
                    Learn(both.Left, outcome: true);
                    break;
                case BinaryExpression { Operator: BinaryOperator.LogicalOr } either when either.Right == current:
                    Learn(either.Left, outcome: false);
                    break;
                case ConditionalExpression conditional when conditional.WhenTrue == current:
                    Learn(conditional.Condition, outcome: true);
                    break;
                case ConditionalExpression conditional when conditional.WhenFalse == current:
                    Learn(conditional.Condition, outcome: false);
                    break;
            }
        }
    }

    private void Passed(Statement statement)
    {
        switch (statement)
        {
            case IfStatement { Else: null } @if when Leaves(@if.Then):
                Learn(@if.Condition, outcome: false);
                break;
            case ExpressionStatement { Expression: AssignmentExpression { Compound: null } assignment } when AdviceCarriers.SymbolOf(assignment.Target) == index:
                Assigned(assignment.Value);
                break;
            case LocalDeclaration { Initializer: { } initializer } local when local.Symbol == index:
                Assigned(initializer);
                break;
        }
    }

    private void Assigned(Expression value)
    {
        if (IsClamp(value))
        {
            IsClamped = true;
            IsNotNegative = true;
            IsBelow = true;
        }
        else if (AdviceCarriers.SymbolOf(value) is { } source && source != index)
        {
            var known = At(unit, value, source, length);
            (IsBelow, IsNotNegative, IsClamped) = (known.IsBelow, known.IsNotNegative, known.IsClamped);
        }
    }

    private static bool Leaves(Statement statement) => statement switch
    {
        BlockStatement block => block.Statements.Length > 0 && Leaves(block.Statements[^1]),
        _ => statement is ReturnStatement or GotoStatement or BreakStatement or ContinueStatement,
    };

    private void Learn(Expression condition, bool outcome)
    {
        condition = condition.Unwrapped;
        switch (condition)
        {
            case UnaryExpression { Operator: UnaryOperator.LogicalNot } not:
                Learn(not.Operand, !outcome);
                break;
            case BinaryExpression { Operator: BinaryOperator.LogicalAnd } both when outcome:
                Learn(both.Left, outcome);
                Learn(both.Right, outcome);
                break;
            case BinaryExpression { Operator: BinaryOperator.LogicalOr } either when !outcome:
                Learn(either.Left, outcome);
                Learn(either.Right, outcome);
                break;
            case BinaryExpression comparison when comparison.Left.Unwrapped.Constant is not null && comparison.Right.Unwrapped.Constant is null:
                LearnComparison(comparison.Right, Mirror(comparison.Operator), comparison.Left, outcome);
                break;
            case BinaryExpression comparison:
                LearnComparison(comparison.Left, comparison.Operator, comparison.Right, outcome);
                break;
            case CallExpression call:
                LearnCall(call);
                break;
        }
    }

    private void LearnComparison(Expression left, BinaryOperator @operator, Expression right, bool outcome)
    {
        if (AdviceCarriers.SymbolOf(left) != index || (right.Constant ?? right.Unwrapped.Constant) is not { } bound)
        {
            return;
        }

        // One past the largest value that is left, or the least one.
        long? above = (@operator, outcome) switch
        {
            (BinaryOperator.Less, true) or (BinaryOperator.GreaterOrEqual, false) => bound,
            (BinaryOperator.LessOrEqual, true) or (BinaryOperator.Greater, false) => bound + 1,
            (BinaryOperator.Equal, true) or (BinaryOperator.NotEqual, false) => bound + 1,
            _ => null,
        };
        long? least = (@operator, outcome) switch
        {
            (BinaryOperator.Less, false) or (BinaryOperator.GreaterOrEqual, true) => bound,
            (BinaryOperator.LessOrEqual, false) or (BinaryOperator.Greater, true) => bound + 1,
            (BinaryOperator.Equal, true) or (BinaryOperator.NotEqual, false) => bound,
            _ => null,
        };
        IsBelow |= above <= length;
        IsNotNegative |= least >= 0 || (above is not null && (IsUnsigned(left) || IsUnsigned(right)));
    }

    /// <summary>A function that gets the index may have checked it; if it gets a pointer to it, it may have clamped it as well.</summary>
    private void LearnCall(CallExpression call)
    {
        foreach (var (argument, position) in call.Arguments.Select(static (argument, position) => (argument, position)))
        {
            if (AdviceCarriers.SymbolOf(argument) != index)
            {
                continue;
            }

            if (argument.Type.Canonical is not PointerType)
            {
                // A yes-or-no question about the value; whatever it asks, the check is there.
                IsBelow = true;
                IsNotNegative = true;
            }
            else if (unit.Functions.FirstOrDefault(function => function.Symbol == call.Function) is { } function && position < function.Parameters.Length
                && function.Body.Statements is [.., var last])
            {
                var known = At(unit, last, function.Parameters[position], length);
                IsBelow |= known.IsBelow;
                IsNotNegative |= known.IsNotNegative;
                IsClamped |= known.IsClamped;
            }
        }
    }

    private static BinaryOperator Mirror(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        var same => same,
    };

    private static bool IsUnsigned(Expression operand) => operand.Type.Canonical is IntegerType { IsSigned: false };
}
