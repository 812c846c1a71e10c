using Review.Core.Syntax;

namespace Review.Rules.Errors;

/// <summary>Tests whether there is a VMA at an address that give another code than the man page of the system call has for addresses that are not mapped.</summary>
internal static class UnmappedCode
{
    /// <summary>The tests whether a VMA was found that give another code.</summary>
    public static IEnumerable<(Expression At, VariableSymbol Vma, int Code)> WrongIn(FunctionDefinition function, int wanted)
    {
        foreach (var (test, code, at) in ErrnoTest.RefusalsIn(function))
        {
            if (code != wanted && NotFound(test.Condition) is { } vma)
            {
                yield return (at, vma, code);
            }
        }
    }

    /// <summary>The codes that are noted or returned where a range begins before the VMA that was found.</summary>
    public static IEnumerable<(Expression At, VariableSymbol Vma, int Code)> WrongAtHoles(FunctionDefinition function, int wanted)
    {
        foreach (var hole in function.Body.DescendantsAndSelf<IfStatement>())
        {
            var vma = hole.Condition.Unwrapped switch
            {
                BinaryExpression { Operator: BinaryOperator.Less, Right.Unwrapped: MemberExpression { Field: { Record: "vm_area_struct", Name: "vm_start" } } member } => Vma(member.Target),
                BinaryExpression { Operator: BinaryOperator.Greater, Left.Unwrapped: MemberExpression { Field: { Record: "vm_area_struct", Name: "vm_start" } } member } => Vma(member.Target),
                _ => null,
            };
            foreach (var given in vma is null ? [] : Statements(hole.Then).Select(Given).OfType<Expression>())
            {
                if (given.Constant is < 0 and var code && -code != wanted)
                {
                    yield return (given, vma!, (int)-code);
                }
            }
        }
    }

    /// <summary>
    /// The tests that leave a loop where no VMA is left, in functions that return what they have noted: a hole before a VMA is noted there, and the hole behind the last one is not.
    /// </summary>
    public static IEnumerable<(IfStatement Test, VariableSymbol Vma, VariableSymbol Noted)> UnnotedIn(FunctionDefinition function)
    {
        foreach (var test in function.Body.DescendantsAndSelf<IfStatement>())
        {
            if (test is { Then: BreakStatement or BlockStatement { Statements: [BreakStatement] } } && NotFound(test.Condition) is { } vma && StartComparedIn(test.Condition) is null
                && test.Ancestors().FirstOrDefault(static outer => outer is WhileStatement or ForStatement or DoStatement or SwitchStatement) is { } loop and not SwitchStatement
                && function.Body.Statements is [.., ReturnStatement { Value: { } result }] && result.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } noted }
                && OnlyValue.AllOf(function, noted).ToList() is { Count: > 1 } writes && writes.TrueForAll(write => write.Constant == 0 || (write.Constant < 0 && IsAtHole(write, vma, loop))))
            {
                yield return (test, vma, noted);
            }
        }
    }

    /// <summary>True for a value that is given in a loop where the range begins before a VMA.</summary>
    private static bool IsAtHole(Expression value, VariableSymbol vma, Node loop) =>
        value.Ancestors().TakeWhile(outer => outer != loop).OfType<IfStatement>().Any(test => StartComparedIn(test.Condition) == vma) && value.Ancestors().Contains(loop);

    private static Expression? Given(Statement statement) => statement switch
    {
        ExpressionStatement { Expression: AssignmentExpression { Compound: null } noted } => noted.Value,
        ReturnStatement returned => returned.Value,
        _ => null,
    };

    private static IEnumerable<Statement> Statements(Statement then) => then is BlockStatement block ? block.Statements : [then];

    /// <summary>The VMA of which a condition asks whether there is none, or only one behind the address.</summary>
    private static VariableSymbol? NotFound(Expression condition) => condition.Unwrapped switch
    {
        BinaryExpression { Operator: BinaryOperator.LogicalOr } either => NotFound(either.Left) is { } vma && (NotFound(either.Right) ?? StartComparedIn(either.Right)) == vma ? vma : null,
        UnaryExpression { Operator: UnaryOperator.LogicalNot } not => Vma(not.Operand),
        BinaryExpression { Operator: BinaryOperator.Equal, Right.Constant: 0 } comparison => Vma(comparison.Left),
        _ => null,
    };

    private static VariableSymbol? StartComparedIn(Expression condition) => condition.Unwrapped is BinaryExpression { Operator: >= BinaryOperator.Less and <= BinaryOperator.NotEqual } comparison
        ? ((Expression[])[comparison.Left, comparison.Right]).Select(static side => side.Unwrapped).OfType<MemberExpression>()
            .Where(static member => member.Field is { Record: "vm_area_struct", Name: "vm_start" }).Select(static member => Vma(member.Target)).FirstOrDefault()
        : null;

    private static VariableSymbol? Vma(Expression expression) =>
        expression.Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } && variable.Type.IsPointerTo("vm_area_struct") ? variable : null;
}
