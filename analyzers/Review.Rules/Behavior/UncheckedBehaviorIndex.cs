using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Tables.Decisions;

namespace Review.Rules.Behavior;

/// <summary>An array is indexed by an advice that nobody has checked, or only in a way that a processor which guesses runs past.</summary>
public sealed class UncheckedBehaviorIndex : KernelAnalyzer
{
    /// <summary>Callers looked at, one above the other.</summary>
    private const int MaximumDepth = 4;

    private static readonly DiagnosticDescriptor Unchecked = Describe("{0}[] is indexed by {1}, which comes from user space, without a range check");
    private static readonly DiagnosticDescriptor Negative = Describe("{0}[] is indexed by {1}, which comes from user space: a negative value passes the range check");
    private static readonly DiagnosticDescriptor Speculation = Describe("{0}[] is indexed by {1}, which comes from user space, without array_index_nospec(): a processor that guesses reads past the end");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Unchecked, Negative, Speculation];

    public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(static context =>
    {
        foreach (var access in context.Function.Body.DescendantsAndSelf<IndexExpression>())
        {
            if (AdviceCarriers.SymbolOf(access.Target) is VariableSymbol { Type: var type } array && type.Canonical is ArrayType { Length: > 0 } table
                && access.Index.Unwrapped.Constant is null && AdviceOutcomes.Of(context).Decisions.Carriers.IsAdvice(access.Index.Unwrapped))
            {
                Check(context, access, array, table.Length);
            }
        }
    });

    private static DiagnosticDescriptor Describe(string message) => RuleDescriptor.Create(
        "KMM3004", "unchecked-behavior-index", "A table is indexed by an unchecked advice", message, RuleCategory.Behavior, DiagnosticSeverity.Warning);

    private static void Check(FunctionAnalysisContext context, IndexExpression access, VariableSymbol array, long length)
    {
        if (AdviceCarriers.SymbolOf(access.Index) is not VariableSymbol index || StateAt(context.Unit, context.Function, access, index, length, MaximumDepth) is not { } known)
        {
            return;
        }

        var rule = !known.IsBelow ? Unchecked : !known.IsNotNegative ? Negative : !known.IsClamped ? Speculation : null;
        if (rule is not null)
        {
            var text = context.Unit.Text;
            var word = text.Slice(access.Index.Span);
            Fix? fix = ReferenceEquals(rule, Speculation) && Encoding.Latin1.GetString(text.Bytes).Contains("nospec", StringComparison.Ordinal)
                ? new Fix("clamp the index", access.Index.Span, $"array_index_nospec({word}, ARRAY_SIZE({array.Name}))") : null;
            context.Report(rule, access, [], fix, array.Name, index.Name);
        }
    }

    /// <summary>What is known of an index in its function and, if it is a parameter, in all functions that call that one; null if that cannot be told.</summary>
    private static (bool IsBelow, bool IsNotNegative, bool IsClamped)? StateAt(TranslationUnit unit, FunctionDefinition function, Node at, VariableSymbol index, long length, int depth)
    {
        var here = IndexProtection.At(unit, at, index, length);
        var isUnsigned = (index.Type.Pointee ?? index.Type.Canonical) is IntegerType { IsSigned: false };
        var state = (IsBelow: here.IsBelow, IsNotNegative: here.IsNotNegative || isUnsigned, here.IsClamped);
        if (state is (true, true, true) || index.Kind != VariableKind.Parameter || !function.Symbol.IsStatic || function.Name.StartsWith("__do_sys_", StringComparison.Ordinal))
        {
            return state;
        }

        if (depth == 0)
        {
            return null;
        }

        var calls = unit.Functions.SelectMany(caller => caller.Body.DescendantsAndSelf<CallExpression>().Where(call => call.Function == function.Symbol).Select(call => (caller, call))).ToList();
        var above = (IsBelow: true, IsNotNegative: true, IsClamped: true);
        foreach (var (caller, call) in calls)
        {
            if (index.Ordinal >= call.Arguments.Length || call.Arguments[index.Ordinal].Unwrapped.Constant is not null || IndexProtection.IsClamp(call.Arguments[index.Ordinal]))
            {
                continue;
            }

            if (AdviceCarriers.SymbolOf(call.Arguments[index.Ordinal]) is not VariableSymbol source || StateAt(unit, caller, call, source, length, depth - 1) is not { } known)
            {
                return null;
            }

            above = (above.IsBelow && known.IsBelow, above.IsNotNegative && known.IsNotNegative, above.IsClamped && known.IsClamped);
        }

        return calls.Count == 0 ? state : (state.IsBelow || above.IsBelow, state.IsNotNegative || above.IsNotNegative, state.IsClamped || above.IsClamped);
    }
}
