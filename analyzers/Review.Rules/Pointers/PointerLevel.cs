using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Pointers;

/// <summary>The address of a pointer is handed over where the pointer itself is wanted, and no compiler sees it.</summary>
public sealed partial class PointerLevel : KernelAnalyzer
{
    /// <summary>What a page table walk hands to its callbacks: its private member is what was handed to the walk. Others put something of their own there.</summary>
    private const string Walk = "mm_walk";

    private const string LooksAt = "looks at the pointer";

    private static readonly DiagnosticDescriptor Callback = Describe("{0}() takes its data for a {1}, and gets a {2}", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor Object = Describe("{0}() gets the address of the variable {1}, not the pointer that it holds", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor TooDeep = Describe("{0}() gets the address of {1}, which is the pointer that it wants already", DiagnosticSeverity.Error);
    private static readonly DiagnosticDescriptor Discarded = Describe("{0}() gets the address of {1}, which is a pointer already; this architecture throws the argument away, others do not", DiagnosticSeverity.Warning);

    private static readonly FactTable Table = FactResource.Read("Pointers");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Callback, Object, TooDeep, Discarded];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var node in context.Function.Body.DescendantsAndSelf())
        {
            switch (node)
            {
                case CallExpression call:
                    CheckCall(context, call);
                    break;
                case CastExpression { Type.Canonical: VoidType, Origin: { Kind: OriginKind.MacroBody, Invocation: { } macro } } unused when AddressedPointer(unused) is { } variable:
                    context.Report(Discarded, unused.Unwrapped, [], WithoutAddress(context, unused), macro.Name, variable.Name);
                    break;
                case InitializerList list:
                    CheckBundle(context, [.. list.Elements.Where(static element => element.Designators is [{ Field: not null }]).Select(static element => (element.Value, element.Designators[0].Field!.Type))]);
                    break;
            }
        }

        CheckLevels(context);
        CheckMacros(context);
    });

    private static DiagnosticDescriptor Describe(string message, DiagnosticSeverity severity) =>
        RuleDescriptor.Create("KMM2004", "pointer-level", "The address of a pointer is handed over in place of the pointer", message, RuleCategory.Tlb, severity);

    private static void CheckCall(FunctionAnalysisContext context, CallExpression call)
    {
        if (call.Function is not { } callee)
        {
            return;
        }

        foreach (var (_, parameter) in Table.OutcomesOf(callee.Name).Where(static outcome => outcome.Effects.Any(static effect => effect.StartsWith(LooksAt, StringComparison.Ordinal))).SelectMany(static outcome => outcome.OnParameters))
        {
            if (parameter < call.Arguments.Length && AddressedPointer(call.Arguments[parameter]) is { } variable)
            {
                context.Report(Object, call.Arguments[parameter], [], WithoutAddress(context, call.Arguments[parameter]), callee.Name, variable.Name);
            }
        }

        if (callee.Signature is not { } signature)
        {
            return;
        }

        if (CallbackData.Of(context).Body(callee) is { } body)
        {
            foreach (var parameter in body.Parameters.Where(parameter => parameter.Type.Pointee is VoidType && parameter.Ordinal < call.Arguments.Length))
            {
                CheckData(context, call.Arguments[parameter.Ordinal], body, CallbackData.TypeOfData(body, parameter.Ordinal));
            }
        }

        CheckNumbers(context, call);
        CheckBundle(context, [.. call.Arguments.Take(signature.Parameters.Length).Select((argument, i) => (argument, signature.Parameters[i]))]);
    }

    /// <summary>Pointers that are wanted as they are. A macro may hand its argument to several functions: it is one mistake.</summary>
    private static void CheckLevels(FunctionAnalysisContext context)
    {
        var found =
            from call in context.Function.Body.DescendantsAndSelf<CallExpression>()
            let wanted = call.Function?.Signature?.Parameters ?? []
            from pair in call.Arguments.Zip(wanted)
            let variable = AddressedPointer(pair.First)
            where variable is not null && pair.Second.Pointee is RecordType record && variable.Type.Pointee == record
            select (Call: call, At: pair.First.Unwrapped, Variable: variable);
        foreach (var (call, at, variable) in found.DistinctBy(static level => level.At.Span))
        {
            context.Report(TooDeep, at, [], WithoutAddress(context, at), NameOf(call, at), variable.Name);
        }
    }

    /// <summary>The function or macro to which the file hands an argument.</summary>
    private static string NameOf(CallExpression call, Expression argument) =>
        argument.Origin is { Kind: OriginKind.MacroArgument, Invocation: { } invocation } ? invocation.Name : call.Function!.Name;

    /// <summary>Addresses of pointers that go as numbers to a function, or to one that is handed over beside them, which makes the pointer of them again.</summary>
    private static void CheckNumbers(FunctionAnalysisContext context, CallExpression call)
    {
        var data = CallbackData.Of(context);
        foreach (var argument in call.Arguments)
        {
            if (argument.Type.Canonical is not IntegerType { Size: 8 } || AddressedPointer(argument) is not { Type.Pointee: RecordType wanted } variable)
            {
                continue;
            }

            var direct = call.Function is { } callee && data.Body(callee) is { } body && CallbackData.PointersMadeOf(body, call.Arguments.IndexOf(argument)).Contains(wanted) ? body : null;
            var reader = direct ?? call.Arguments.SelectMany(data.CallbacksIn)
                .FirstOrDefault(callback => Enumerable.Range(0, callback.Parameters.Length).Select(i => CallbackData.PointersMadeOf(callback, i).ToList()).Where(static made => made.Count > 0).ToList() is [var only] && only.TrueForAll(made => made == wanted));
            if (reader is not null)
            {
                context.Report(Callback, argument, [context.Step(argument, "the data is handed over here")], WithoutAddress(context, argument), reader.Name, Spelling(wanted), Spelling(variable.Type));
            }
        }
    }

    /// <summary>Functions and their data that are handed over together.</summary>
    private static void CheckBundle(FunctionAnalysisContext context, ImmutableArray<(Expression Value, CType Type)> parts)
    {
        // With two of either kind nobody knows who gets what.
        var data = parts.Where(static part => part.Type.Pointee is VoidType).ToList();
        if (data is not [var (value, _)])
        {
            return;
        }

        var callbacks = parts.Where(part => part.Value != value).Select(part => CallbackData.Of(context).CallbacksIn(part.Value).ToList()).Where(static found => found.Count > 0).ToList();
        if (callbacks is not [var functions] || functions.Select(static function => (Function: function, Wanted: CallbackData.TypeOfData(function, null))).Where(static reader => reader.Wanted is not null).ToList() is not { Count: > 0 } readers)
        {
            return;
        }

        if (readers.TrueForAll(reader => reader.Wanted == readers[0].Wanted))
        {
            CheckData(context, value, readers[0].Function, readers[0].Wanted);
        }
    }

    private static void CheckData(FunctionAnalysisContext context, Expression value, FunctionDefinition callback, CType? wanted)
    {
        var given = value.Unwrapped.Type.Pointee;
        if (value.Constant is not null || !(wanted is RecordType && given is PointerType { Pointee: RecordType }) && !(wanted is RecordType && given is RecordType && wanted != given && callback.Parameters.Any(static parameter => parameter.Type.IsPointerTo(Walk))) && !(wanted is PointerType { Pointee: RecordType } && given is RecordType) && !(wanted is IntegerType && given is PointerType { Pointee: IntegerType { Size: 1 } }))
        {
            return;
        }

        var fix = AddressedPointer(value)?.Type.Pointee == wanted ? WithoutAddress(context, value) : null;
        context.Report(Callback, value, [context.Step(value, "the data is handed over here")], fix, callback.Name, Spelling(wanted), Spelling(given));
    }

    private static string Spelling(CType target) => target is PointerType ? $"{target.Spelling}*" : $"{target.Spelling} *";

    /// <summary>Arguments that no node of the tree came from: no compiler has looked at them.</summary>
    private static void CheckMacros(FunctionAnalysisContext context)
    {
        foreach (var macro in context.Function.Macros)
        {
            foreach (var argument in macro.Arguments)
            {
                if (argument.IsDiscarded && Address().Match(argument.Text) is { Success: true } match
                    && VariableNamed(context.Function, match.Groups["name"].Value) is { Type.Pointee: RecordType } variable
                    && !context.Function.Macros.Any(outer => outer != macro && outer.Span.Contains(macro.Span)))
                {
                    var start = argument.Span.Start + match.Groups["address"].Index;
                    context.Report(Discarded, argument.Span, [], new Fix($"hand over {variable.Name} itself", new TextSpan(start, start + match.Groups["address"].Length), ""), macro.Name, variable.Name);
                }
            }
        }
    }

    private static VariableSymbol? VariableNamed(FunctionDefinition function, string name)
    {
        var found = function.Parameters.Concat(function.Body.DescendantsAndSelf<LocalDeclaration>().Select(static declaration => declaration.Symbol)).Where(variable => variable.Name == name).ToList();
        return found is [var variable] ? variable : null;
    }

    /// <summary>The pointer variable whose address an expression is, or null.</summary>
    private static VariableSymbol? AddressedPointer(Expression value) =>
        value.Unwrapped is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } } && variable.Type.Canonical is PointerType ? variable : null;

    private static Fix? WithoutAddress(AnalysisContext context, Expression value)
    {
        var address = value.Unwrapped;
        return address.Origin.IsInFile && context.Unit.Text.BytesOf(address.Span) is [(byte)'&', ..]
            ? new Fix($"hand over {AddressedPointer(value)?.Name} itself", new TextSpan(address.Span.Start, address.Span.Start + 1), "")
            : null;
    }

    [GeneratedRegex(@"^\s*(?<address>&\s*)(?<name>[A-Za-z_]\w*)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
