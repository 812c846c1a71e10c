using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Rules.Errors;

/// <summary>A test of a call's result that leads to a constant error code.</summary>
/// <param name="Call">The call whose result is tested.</param>
/// <param name="WhenZero">True if the way out is taken when the result is zero.</param>
/// <param name="Code">The error code, positive.</param>
/// <param name="At">Where the code stands.</param>
internal sealed record ErrnoTest(CallExpression Call, bool WhenZero, int Code, Expression At)
{
    private const int LastErrno = 4095;

    /// <summary>The tests of a function: <c>if (!f(x)) return -EINVAL;</c>, <c>if (f(x)) { error = -EFAULT; goto out; }</c>.</summary>
    public static IEnumerable<ErrnoTest> In(FunctionDefinition function)
    {
        foreach (var (statement, code, at) in RefusalsIn(function))
        {
            if (TestOf(statement) is var (call, whenZero))
            {
                yield return new ErrnoTest(call, whenZero, code, at);
            }
        }
    }

    /// <summary>The ways out of a function that give a constant error code, with their statements.</summary>
    public static IEnumerable<(IfStatement Test, int Code, Expression At)> RefusalsIn(FunctionDefinition function)
    {
        foreach (var statement in function.Body.DescendantsAndSelf<IfStatement>())
        {
            if ((CodeOf(statement.Then) ?? NotedBefore(statement)) is var (code, at))
            {
                yield return (statement, code, at);
            }
        }
    }

    /// <summary>The arguments as the file spells them, without layout; null where a macro made the call. The name of what is called may be that of a helper that hands on to it.</summary>
    public string? Spelled(SourceText text) =>
        Call.Origin.IsInFile ? string.Join(',', Call.Arguments.Select(argument => string.Concat(text.Slice(argument.Span).Where(static c => !char.IsWhiteSpace(c))))) : null;

    /// <summary>True if two tests stand in different cases of a switch: each case is a request of its own, as the commands of ioctl(2) are, with codes of its own.</summary>
    public bool IsForOtherCase(ErrnoTest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return At.Ancestors().OfType<SwitchStatement>().Any(around => other.At.Ancestors().Contains(around) && LabelBefore(around, At) != LabelBefore(around, other.At));
    }

    /// <summary>The call whose number of things done a test finds to be an error, or less than was asked for: <c>ret = f(); if (ret != 1)</c>, <c>if (ret &lt; 0)</c>.</summary>
    public static CallExpression? FailureOf(IfStatement test) =>
        test.Condition.Unwrapped is BinaryExpression { Operator: BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.NotEqual, Right.Constant: 0 or 1, Left.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } }
            ? AssignedBefore(test, variable) : null;

    /// <summary>The tests of a call's result after which a function that can tell errors reports success and does nothing.</summary>
    public static IEnumerable<(CallExpression Call, bool WhenZero, Expression At)> SuccessesIn(FunctionDefinition function)
    {
        foreach (var statement in function.Symbol.Signature?.Result.Canonical is IntegerType { IsSigned: true } ? function.Body.DescendantsAndSelf<IfStatement>() : [])
        {
            if ((statement.Then is BlockStatement { Statements: [var only] } ? only : statement.Then) is ReturnStatement { Value: { Constant: 0 } at } && TestOf(statement) is var (call, whenZero))
            {
                yield return (call, whenZero, at);
            }
        }
    }

    /// <summary>
    /// The tests that answer an error of a call with success, where the function returns the error of an earlier call of the same function, which it makes for another part of the same work.
    /// </summary>
    public static IEnumerable<(Expression At, CallExpression Call, CallExpression Sibling)> SwallowedIn(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var (call, whenZero, at) in SuccessesIn(function))
        {
            if (!whenZero && call is { Function: { } callee, Type.Canonical: IntegerType { IsSigned: true, IsBool: false, Size: >= 4 } }
                && function.Body.DescendantsAndSelf<IfStatement>().FirstOrDefault(test => test.Span.End < at.Span.Start && ReturnedBy(test) is not null && TestOf(test) is ({ } other, false) && other.Function == callee) is { } told)
            {
                yield return (at, call, TestOf(told)!.Value.Call);
            }
        }
    }

    private static SwitchLabel? LabelBefore(SwitchStatement around, Node node) => around.Labels.LastOrDefault(label => label.Span.Start < node.Span.Start);

    private static (CallExpression Call, bool WhenZero)? TestOf(IfStatement statement)
    {
        var whenZero = false;
        var condition = statement.Condition.Unwrapped;
        while (true)
        {
            switch (condition)
            {
                case UnaryExpression { Operator: UnaryOperator.LogicalNot } not:
                    whenZero = !whenZero;
                    condition = not.Operand.Unwrapped;
                    continue;
                case BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison when comparison.Right.Constant is 0:
                    whenZero ^= comparison.Operator == BinaryOperator.Equal;
                    condition = comparison.Left.Unwrapped;
                    continue;
                case BinaryExpression { Operator: BinaryOperator.Less } comparison when comparison.Right.Constant is 0 && !whenZero:
                    condition = comparison.Left.Unwrapped;
                    continue;
                case AssignmentExpression { Compound: null } assignment:
                    condition = assignment.Value.Unwrapped;
                    continue;
                case CallExpression { Function: not null } call:
                    return (call, whenZero);
                case NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable }:
                    return AssignedBefore(statement, variable) is { Function: not null } before ? (before, whenZero) : null;
                default:
                    return null;
            }
        }
    }

    /// <summary>The call whose result the statement before stores in a variable.</summary>
    private static CallExpression? AssignedBefore(IfStatement statement, VariableSymbol variable)
    {
        if (statement.Parent is not BlockStatement block || block.Statements.IndexOf(statement) is not (> 0 and var index))
        {
            return null;
        }

        return block.Statements[index - 1] switch
        {
            ExpressionStatement { Expression: AssignmentExpression { Compound: null, Target: NameExpression target } assignment } when target.Symbol == variable => assignment.Value.Unwrapped as CallExpression,
            LocalDeclaration declaration when declaration.Symbol == variable => declaration.Initializer?.Unwrapped as CallExpression,
            _ => null,
        };
    }

    private static (int Code, Expression At)? CodeOf(Statement then) => then switch
    {
        ReturnStatement { Value: { } value } => CodeOf(value),
        BlockStatement { Statements: [.., ReturnStatement { Value: { } value }] } when CodeOf(value) is { } code => code,
        BlockStatement { Statements: [.., GotoStatement or BreakStatement or ReturnStatement] } block => LastCode(block.Statements),
        _ => null,
    };

    /// <summary>The code that stands in the result before a row of tests that jump out or return it: <c>error = -ENOMEM; if (!vma) goto out;</c>.</summary>
    private static (int Code, Expression At)? NotedBefore(IfStatement statement)
    {
        var returned = ReturnedBy(statement);
        if ((returned is null && !IsJump(statement)) || statement.Parent is not BlockStatement block)
        {
            return null;
        }

        var index = block.Statements.IndexOf(statement) - 1;
        while (index >= 0 && block.Statements[index] is IfStatement other && (IsJump(other) || ReturnedBy(other) is not null))
        {
            index--;
        }

        return index >= 0 && block.Statements[index] is ExpressionStatement { Expression: AssignmentExpression { Compound: null, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } result } } noted }
            && (returned is null || returned == result) ? CodeOf(noted.Value) : null;
    }

    /// <summary>The variable that a test returns as it is, after whatever has to be undone; null if it returns something else, or not at all.</summary>
    private static VariableSymbol? ReturnedBy(IfStatement statement)
    {
        var last = statement.Then is BlockStatement block ? block.Statements.LastOrDefault() : statement.Then;
        return statement.Else is null && last is ReturnStatement { Value.Unwrapped: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } }
            && statement.Then.DescendantsAndSelf<NameExpression>().Count(name => name.Symbol == variable) == 1 ? variable : null;
    }

    private static bool IsJump(IfStatement statement) => statement is { Else: null, Then: GotoStatement or BlockStatement { Statements: [GotoStatement] } };

    private static (int Code, Expression At)? LastCode(ImmutableArray<Statement> statements)
    {
        var codes = statements.OfType<ExpressionStatement>().Select(static statement => statement.Expression).OfType<AssignmentExpression>()
            .Where(static assignment => assignment is { Compound: null, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } } or UnaryExpression { Operator: UnaryOperator.Dereference, Operand.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } } } }).Select(static assignment => CodeOf(assignment.Value)).Where(static code => code is not null).ToList();
        return codes is [var code] ? code : null;
    }

    private static (int Code, Expression At)? CodeOf(Expression value) => value.Constant is < 0 and >= -LastErrno and var number ? ((int)-number, value) : null;
}
