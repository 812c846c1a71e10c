using Review.Core.Syntax;

namespace Review.Tests.Clang;

/// <summary>
/// Writes a tree as C again: operators in parentheses, implicit conversions left out, blocks in braces. What it does not know, it
/// refuses, so that a kind of node cannot be added without a test.
/// </summary>
internal static class Unparse
{
    public static string Of(Statement statement) => statement switch
    {
        BlockStatement block => $"{{ {string.Concat(block.Statements.Select(static inner => Of(inner) + " "))}}}",
        ExpressionStatement { Expression: var expression } => $"{Of(expression)};",
        LocalDeclaration { Initializer: null } local => $"{local.Symbol.Type.Spelling} {local.Symbol.Name};",
        LocalDeclaration local => $"{local.Symbol.Type.Spelling} {local.Symbol.Name} = {Of(local.Initializer!)};",
        IfStatement { Else: null } choice => $"if ({Of(choice.Condition)}) {Of(choice.Then)}",
        IfStatement choice => $"if ({Of(choice.Condition)}) {Of(choice.Then)} else {Of(choice.Else!)}",
        WhileStatement loop => $"while ({Of(loop.Condition)}) {Of(loop.Body)}",
        DoStatement loop => $"do {Of(loop.Body)} while ({Of(loop.Condition)});",
        ForStatement loop => $"for ({string.Join(' ', loop.Initializers.Select(Of))} | {Of(loop.Condition)} | {Of(loop.Increment)}) {Of(loop.Body)}",
        SwitchStatement choice => $"switch ({Of(choice.Subject)}) {Of(choice.Body)}",
        CaseLabel { Low: var low, High: var high } label => $"case {label.Name}={(low == high ? $"{low}" : $"{low}...{high}")}: {Of(label.Body)}",
        DefaultLabel label => $"default: {Of(label.Body)}",
        LabelStatement label => $"{label.Label.Name}: {Of(label.Body)}",
        GotoStatement jump => $"goto {jump.Target.Name};",
        IndirectGotoStatement jump => $"goto *{Of(jump.Target)};",
        ReturnStatement { Value: null } => "return;",
        ReturnStatement end => $"return {Of(end.Value)};",
        BreakStatement => "break;",
        ContinueStatement => "continue;",
        EmptyStatement { IsFallthrough: true } => "fallthrough;",
        EmptyStatement => ";",
        AsmStatement assembly => $"asm({assembly.Template} : {Of(assembly.Outputs)} : {Of(assembly.Inputs)} : {string.Join(", ", assembly.Clobbers)} : {string.Join(", ", assembly.Labels)});",
        _ => throw new ArgumentException($"unknown statement {statement.GetType().Name}", nameof(statement)),
    };

    public static string Of(Expression? expression) => expression switch
    {
        null => "",
        LiteralExpression { Constant: var value } => $"{value?.ToString() ?? "float"}",
        StringExpression text => text.Text,
        NameExpression name => name.Symbol.Name,
        MemberExpression member => $"{Of(member.Target)}{(member.IsArrow ? "->" : ".")}{member.Field.Name}",
        IndexExpression index => $"{Of(index.Target)}[{Of(index.Index)}]",
        CallExpression call => $"{Of(call.Callee)}({string.Join(", ", call.Arguments.Select(Of))})",
        UnaryExpression unary => $"({unary.Operator} {Of(unary.Operand)})",
        BinaryExpression binary => $"({Of(binary.Left)} {binary.Operator} {Of(binary.Right)})",
        AssignmentExpression assignment => $"({Of(assignment.Target)} {assignment.Compound}= {Of(assignment.Value)})",
        ConditionalExpression { WhenTrue: null } choice => $"({Of(choice.Condition)} ?: {Of(choice.WhenFalse)})",
        ConditionalExpression choice => $"({Of(choice.Condition)} ? {Of(choice.WhenTrue)} : {Of(choice.WhenFalse)})",
        CastExpression { IsImplicit: false } cast => $"({cast.Type.Spelling}){Of(cast.Operand)}",
        CastExpression cast => Of(cast.Operand),
        StatementExpression block => $"({Of(block.Body)})",
        InitializerList list => $"{{{string.Join(", ", list.Elements.Select(Of))}}}",
        CompoundLiteral literal => $"({literal.Type.Spelling}){Of(literal.Value)}",
        UnevaluatedExpression question => $"{question.Kind}={question.Constant}",
        ChosenExpression choice => $"chosen({Of(choice.Chosen)})",
        LabelAddressExpression address => $"&&{address.Label.Name}",
        BuiltinExpression builtin => $"{builtin.Name}({string.Join(", ", builtin.Operands.Select(Of))})",
        _ => throw new ArgumentException($"unknown expression {expression.GetType().Name}", nameof(expression)),
    };

    private static string Of(IEnumerable<AsmOperand> operands) => string.Join(", ", operands.Select(static operand => $"{operand.Constraint} {Of(operand.Value)}"));

    private static string Of(InitializerElement element) => string.Concat(element.Designators.Select(Of)) + (element.Designators.IsEmpty ? "" : " = ") + Of(element.Value);

    private static string Of(Designator designator) =>
        designator.Field is { } field ? $".{field.Name}"
        : designator.Low == designator.High ? $"[{designator.Low}]"
        : $"[{designator.Low} ... {designator.High}]";
}
