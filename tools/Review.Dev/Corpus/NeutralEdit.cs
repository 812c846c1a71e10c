using System.Collections.Immutable;
using System.Text;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Dev.Corpus;

/// <summary>An edit of a file that changes nothing about what its functions do.</summary>
/// <param name="Kind">What sort of edit it is.</param>
/// <param name="Function">The function that it changes.</param>
/// <param name="Edits">Places and their new texts, which do not overlap.</param>
internal sealed record NeutralEdit(string Kind, string Function, ImmutableArray<(TextSpan Span, string Text)> Edits)
{
    /// <summary>All neutral edits that this class knows how to do in a file, in source order. What a macro defines, such as a system call, is left alone.</summary>
    public static IEnumerable<NeutralEdit> Of(TranslationUnit unit) =>
        unit.Functions.Where(function => unit.Text.Slice(function.NameSpan) == function.Name).SelectMany(function => (IEnumerable<NeutralEdit>)
        [
            .. Renamed(unit, function),
            .. Apart(function),
            .. Swapped(unit, function),
            .. Returned(unit, function),
            .. Extracted(unit, function),
            .. Braced(unit, function),
            .. TurnedRound(unit, function),
            .. Rewound(unit, function),
            .. Nested(unit, function),
            .. BranchExtracted(unit, function),
        ]).Where(edit => edit.Edits.All(one => !HasDirective(one.Text) && !HasDirective(unit.Text.Slice(one.Span))));

    private static bool HasDirective(string text) => text.Split('\n').Any(static line => line.AsSpan().TrimStart().StartsWith("#"));

    /// <summary>True if a call becomes the call of a new helper.</summary>
    public bool IsExtraction { get; init; }

    /// <summary>True if a finding may be another one afterwards: what it is about gets another shape. The edit is neutral all the same.</summary>
    public bool MayReword(Finding finding, SourceText text) =>
        finding.Function == Function && Kind is not ("locals renamed" or "comments added") && Touches(finding, text);

    /// <summary>True if a finding is about a line that the edit changes.</summary>
    public bool Touches(Finding finding, SourceText text) =>
        Edits.Any(edit => text.PositionOf(edit.Span.Start).Line <= finding.EndLine && text.PositionOf(edit.Span.End).Line >= finding.Line);

    /// <summary>The file's text after the edit.</summary>
    public string Apply(SourceText text)
    {
        var bytes = text.Bytes.ToArray().ToList();
        foreach (var (span, replacement) in Edits.OrderByDescending(static edit => edit.Span.Start))
        {
            bytes.RemoveRange(span.Start, span.End - span.Start);
            bytes.InsertRange(span.Start, Encoding.UTF8.GetBytes(replacement));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    public override string ToString() => $"{Kind} in {Function}()";

    /// <summary>Every local and parameter gets another name.</summary>
    private static IEnumerable<NeutralEdit> Renamed(TranslationUnit unit, FunctionDefinition function)
    {
        // In the arguments of such macros names of members look like those of variables.
        if (function.Macros.Any(static macro => macro.Name is "struct_size" or "offsetof" or "container_of" or "list_for_each_entry"))
        {
            return [];
        }

        var names = function.Parameters.Select(static parameter => parameter.Name)
            .Concat(function.Body.DescendantsAndSelf<LocalDeclaration>().Where(static local => local.Origin.IsInFile).Select(static local => local.Symbol.Name))
            .ToHashSet(StringComparer.Ordinal);
        var text = unit.Text.Slice(function.Span);
        var edits = ImmutableArray.CreateBuilder<(TextSpan, string)>();
        var before = "";
        foreach (var (start, token) in CTokens.Of(text))
        {
            if (names.Contains(token) && before is not ("." or "->" or "struct" or "union" or "enum"))
            {
                edits.Add((new TextSpan(function.Span.Start + start, function.Span.Start + start + token.Length), "renamed_" + token));
            }

            before = token;
        }

        return edits.Count == 0 ? [] : [new NeutralEdit("locals renamed", function.Name, edits.ToImmutable())];
    }

    /// <summary>Comments and empty lines between statements.</summary>
    private static IEnumerable<NeutralEdit> Apart(FunctionDefinition function) =>
    [
        new("comments added", function.Name, [.. StatementsOf(function).Where(static statement => statement is not LocalDeclaration && statement.Parent is BlockStatement).Select(static statement => (new TextSpan(statement.Span.Start, statement.Span.Start), "/* as before */\n\n\t"))]),
    ];

    /// <summary>Two neighbours that have nothing to do with each other change places.</summary>
    private static IEnumerable<NeutralEdit> Swapped(TranslationUnit unit, FunctionDefinition function)
    {
        foreach (var block in function.Body.DescendantsAndSelf<BlockStatement>())
        {
            foreach (var (one, other) in block.Statements.Zip(block.Statements.Skip(1)))
            {
                if (LocalSetBy(one) is { } first && LocalSetBy(other) is { } second && first != second && !Mentions(one, second) && !Mentions(other, first))
                {
                    yield return new NeutralEdit("statements swapped", function.Name, [(one.Span, unit.Text.Slice(other.Span)), (other.Span, unit.Text.Slice(one.Span))]);
                }
            }
        }
    }

    /// <summary><c>goto out</c> where out only returns becomes a return.</summary>
    private static IEnumerable<NeutralEdit> Returned(TranslationUnit unit, FunctionDefinition function)
    {
        // A label that nobody jumps to any more would be something new to complain of.
        foreach (var jumps in StatementsOf(function).OfType<GotoStatement>().Where(jump => unit.Text.Slice(jump.Span).StartsWith("goto", StringComparison.Ordinal)).GroupBy(static jump => jump.Target.Name).Where(static jumps => jumps.Count() > 1))
        {
            var tail = function.Body.Statements.SkipWhile(statement => (statement as LabelStatement)?.Label.Name != jumps.Key).ToList();
            if (tail is not [LabelStatement label, ..] || tail.Skip(1).Prepend(label.Body).Any(static statement => !IsSpelled(statement) || statement.DescendantsAndSelf<Statement>().Any(static part => part is LabelStatement or LocalDeclaration or ForStatement or WhileStatement or DoStatement)))
            {
                continue;
            }

            var end = function.Span.End - 1;
            var isShort = tail.Count == 1 && label.Body is ReturnStatement { Value: null or NameExpression or LiteralExpression };
            foreach (var jump in jumps)
            {
                if (isShort)
                {
                    yield return new NeutralEdit("goto to return", function.Name, [(jump.Span, unit.Text.Slice(label.Body.Span).TrimEnd(';'))]);
                }
                else if (WithSemicolon(unit.Text, jump.Span) is { } whole)
                {
                    yield return new NeutralEdit("end copied to goto", function.Name, [(whole, $"{{ {unit.Text.Slice(new TextSpan(label.Body.Span.Start, end))}{(tail[^1] is ReturnStatement or GotoStatement || label.Body is ReturnStatement or GotoStatement ? "" : "return; ")}}}")]);
                }
            }
        }
    }

    /// <summary>A call moves into a function of its own.</summary>
    private static IEnumerable<NeutralEdit> Extracted(TranslationUnit unit, FunctionDefinition function)
    {
        foreach (var call in function.Body.DescendantsAndSelf<CallExpression>())
        {
            // What a call gives back and nobody takes would be lost in the helper.
            if (call is not { Function: not null, Origin.Kind: OriginKind.Spelled } || !call.Ancestors().All(static outer => outer.Origin.Kind == OriginKind.Spelled) || call.Arguments.IsEmpty || !call.Arguments.All(IsSimple)
                || !(call.Parent is ExpressionStatement ? call.Type.Canonical is VoidType : call.Type.Canonical is IntegerType or EnumType or PointerType { Target: not FunctionType }))
            {
                continue;
            }

            var helper = $"{call.Function.Name}_for_{function.Name}";
            var parameters = string.Join(", ", call.Arguments.Select(static (argument, index) => Declare(argument.Type, $"p{index}")));
            var arguments = string.Join(", ", call.Arguments.Select(static (_, index) => $"p{index}"));
            var given = string.Join(", ", call.Arguments.Select(argument => unit.Text.Slice(argument.Span)));
            yield return Helper(
                $"{(call.Parent is ExpressionStatement ? "" : "result of ")}{call.Function.Name}() extracted", function, $"{Declare(call.Type, helper)}({parameters})", $"{(call.Type.Canonical is VoidType ? "" : "return ")}{call.Function.Name}({arguments});", (call.Span, $"{helper}({given})"));
        }
    }

    /// <summary>What a branch does moves into a function of its own, if it changes no variable.</summary>
    private static IEnumerable<NeutralEdit> BranchExtracted(TranslationUnit unit, FunctionDefinition function)
    {
        foreach (var block in StatementsOf(function).OfType<IfStatement>().Select(static branch => branch.Then).OfType<BlockStatement>().Where(IsSpelled))
        {
            var nodes = block.DescendantsAndSelf().ToList();
            var names = nodes.OfType<NameExpression>().Select(static name => name.Symbol).OfType<VariableSymbol>().Where(static variable => variable.IsAutomatic).Distinct().ToList();
            if (block.Statements.IsEmpty || !nodes.OfType<Statement>().All(static statement => statement is ExpressionStatement or BlockStatement or IfStatement)
                || nodes.Exists(static node => node is StatementExpression || (node is Expression { Origin.IsInFile: false } and not NameExpression && !node.Ancestors().OfType<Expression>().Any()))
                || nodes.Select(ChangedBy).OfType<Symbol>().Intersect(names).Any() || !names.TrueForAll(static variable => variable.Type.Canonical is IntegerType or EnumType or PointerType { Target: not FunctionType }))
            {
                continue;
            }

            var helper = $"branch_{block.Span.Start}_of_{function.Name}";
            yield return Helper(
                "branch extracted", function, $"void {helper}({(names.Count == 0 ? "void" : string.Join(", ", names.Select(static variable => Declare(variable.Type, variable.Name))))})",
                unit.Text.Slice(block.Span), (block.Span, $"{{ {helper}({string.Join(", ", names.Select(static variable => variable.Name))}); }}"));
        }
    }

    private static NeutralEdit Helper(string kind, FunctionDefinition function, string head, string body, (TextSpan Span, string Text) use) =>
        new(kind, function.Name, [(new TextSpan(function.Span.Start, function.Span.Start), $"static {head}\n{{\n\t{body}\n}}\n\n"), use]) { IsExtraction = true };

    private static Symbol? ChangedBy(Node node) => ((node switch
    {
        AssignmentExpression assignment => assignment.Target,
        UnaryExpression { IsStep: true } or UnaryExpression { Operator: UnaryOperator.AddressOf } => ((UnaryExpression)node).Operand,
        _ => null,
    })?.Unwrapped as NameExpression)?.Symbol;

    /// <summary>Two conditions that both have to hold are asked one after the other.</summary>
    private static IEnumerable<NeutralEdit> Nested(TranslationUnit unit, FunctionDefinition function)
    {
        foreach (var branch in StatementsOf(function).OfType<IfStatement>())
        {
            if (branch is { Else: null, Condition: BinaryExpression { Operator: BinaryOperator.LogicalAnd, Origin.Kind: OriginKind.Spelled } both, Then: BlockStatement then } && both.Left.Origin.IsInFile && both.Right.Origin.IsInFile && IsSpelled(then))
            {
                yield return new NeutralEdit(
                    "conditions nested", function.Name, [(both.Span, unit.Text.Slice(both.Left.Span)), (then.Span, $"{{ if ({unit.Text.Slice(both.Right.Span)}) {unit.Text.Slice(then.Span)} }}")]);
            }
        }
    }

    /// <summary>Braces around the only statement of a branch.</summary>
    private static IEnumerable<NeutralEdit> Braced(TranslationUnit unit, FunctionDefinition function)
    {
        foreach (var branch in StatementsOf(function).OfType<IfStatement>())
        {
            if (branch.Then is ExpressionStatement or ReturnStatement or GotoStatement && IsSpelled(branch.Then) && WithSemicolon(unit.Text, branch.Then.Span) is { } then)
            {
                yield return new NeutralEdit("braces added", function.Name, [(then, $"{{ {unit.Text.Slice(then)} }}")]);
            }
        }
    }

    /// <summary>The two branches of a condition change places, and the condition is turned round.</summary>
    private static IEnumerable<NeutralEdit> TurnedRound(TranslationUnit unit, FunctionDefinition function)
    {
        foreach (var branch in StatementsOf(function).OfType<IfStatement>())
        {
            if (branch.Else is BlockStatement @else && branch.Then is BlockStatement then && IsSpelled(then) && IsSpelled(@else) && branch.Condition.Origin.IsInFile
                && !branch.DescendantsAndSelf().Any(static node => node is LabelStatement)
                && unit.Text.Bytes[branch.Span.Start..branch.Condition.Span.Start].IndexOf("unlikely"u8) < 0 && unit.Text.Bytes[branch.Span.Start..branch.Condition.Span.Start].IndexOf("likely"u8) < 0)
            {
                yield return new NeutralEdit(
                    "branches turned round",
                    function.Name,
                    [(branch.Condition.Span, $"!({unit.Text.Slice(branch.Condition.Span)})"), (then.Span, unit.Text.Slice(@else.Span)), (@else.Span, unit.Text.Slice(then.Span))]);
            }
        }
    }

    /// <summary>A <c>for</c> becomes a <c>while</c>; one with <c>continue</c> would lose its step.</summary>
    private static IEnumerable<NeutralEdit> Rewound(TranslationUnit unit, FunctionDefinition function)
    {
        foreach (var loop in StatementsOf(function).OfType<ForStatement>())
        {
            if (loop is { Initializers: [ExpressionStatement { Expression: { Origin.Kind: OriginKind.Spelled } first }], Condition: { Origin.Kind: OriginKind.Spelled } condition, Increment: { Origin.Kind: OriginKind.Spelled } step, Body: BlockStatement body, Parent: BlockStatement }
                && IsSpelled(body) && !body.DescendantsAndSelf().Any(static node => node is ContinueStatement or LabelStatement or StatementExpression))
            {
                var inside = unit.Text.Slice(body.Span);
                yield return new NeutralEdit(
                    "for to while",
                    function.Name,
                    [(loop.Span, $"{unit.Text.Slice(first.Span)};\n\twhile ({unit.Text.Slice(condition.Span)}) {inside[..^1]}\n\t\t{unit.Text.Slice(step.Span)};\n\t}}")]);
            }
        }
    }

    private static bool IsSpelled(Statement statement) => statement.Origin.Kind == OriginKind.Spelled;

    /// <summary>A statement's place up to its semicolon; null if something else follows it.</summary>
    private static TextSpan? WithSemicolon(SourceText text, TextSpan span)
    {
        var end = span.End;
        while (end < text.Bytes.Length && text.Bytes[end - 1] != (byte)';' && text.Bytes[end] is (byte)';' or (byte)' ')
        {
            end++;
        }

        return text.Bytes[end - 1] == (byte)';' ? new TextSpan(span.Start, end) : null;
    }

    private static string Declare(CType type, string name) => type.ToString().EndsWith('*') ? $"{type}{name}" : $"{type} {name}";

    private static bool IsSimple(Expression argument) =>
        argument.Type.Canonical is IntegerType or EnumType or PointerType { Target: not FunctionType }
        && !argument.Type.ToString().Contains("va_list", StringComparison.Ordinal)
        && argument.Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } } or UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression }
        && argument.Origin.Kind == OriginKind.Spelled;

    private static IEnumerable<Statement> StatementsOf(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf<Statement>().Where(static statement => statement.Origin.Kind == OriginKind.Spelled && statement.Ancestors().All(static ancestor => ancestor.Origin.Kind == OriginKind.Spelled));

    /// <summary>The local that a statement sets to something that nothing else can change; null for any other statement.</summary>
    private static VariableSymbol? LocalSetBy(Statement statement) =>
        statement is ExpressionStatement { Origin.Kind: OriginKind.Spelled, Expression: AssignmentExpression { Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable }, Value: var value } }
            && value.DescendantsAndSelf().All(static node => node is NameExpression or LiteralExpression or BinaryExpression or CastExpression) ? variable : null;

    private static bool Mentions(Node node, VariableSymbol variable) => node.DescendantsAndSelf<NameExpression>().Any(name => name.Symbol == variable);
}
