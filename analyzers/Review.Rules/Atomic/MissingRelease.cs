using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Rules.Atomic;

/// <summary>The cure of a page table lock or mapping that is not given back: the call that does, before the function is left.</summary>
internal static class MissingRelease
{
    /// <summary>The cure of a finding; null if the code does not say by which names the thing is given back, or where.</summary>
    public static Fix? Of(FunctionAnalysisContext context, HeldFinding finding) =>
        finding is { Kind: Incident.LockKept or Incident.MappingKept, At: CallExpression taking } && !finding.Returns.IsEmpty && ReleaseOf(context, taking) is { } release
            ? StatementInsertion.Before(context.Unit.Text, finding.Returns, release + ";", $"call {release} before the function is left")
            : null;

    private static string? ReleaseOf(FunctionAnalysisContext context, CallExpression taking)
    {
        var result = VariableOf(taking, context.Function);
        return Hold.NameOf(taking) switch
        {
            "pte_offset_map_lock" or "pte_alloc_map_lock" or "get_locked_pte" when result is not null && LockArgument(context, taking) is { } @lock => $"pte_unmap_unlock({result.Name}, {@lock})",
            "pte_offset_map" when result is not null => $"pte_unmap({result.Name})",
            "pmd_lock" or "pud_lock" or "huge_pte_lock" or "pmd_trans_huge_lock" or "pud_trans_huge_lock" when result is not null => $"spin_unlock({result.Name})",
            "spin_lock" when taking is { Origin.Kind: OriginKind.Spelled, Arguments: [var @lock] } => $"spin_unlock({context.Unit.Text.Slice(@lock.Span)})",
            _ => null,
        };
    }

    /// <summary>The variable that gets the result of a call, if it never has anything but results of calls: a pointer that is moved on does not name the thing any more.</summary>
    private static VariableSymbol? VariableOf(CallExpression call, FunctionDefinition function)
    {
        var variable = call.Ancestors().FirstOrDefault(static node => node.Origin.IsInFile && node is AssignmentExpression or LocalDeclaration or Statement) switch
        {
            AssignmentExpression { Compound: null, Target.Unwrapped: NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Local } target } } => target,
            LocalDeclaration declaration => declaration.Symbol,
            _ => null,
        };
        return function.Body.DescendantsAndSelf().Any(IsMoved) ? null : variable;

        bool IsMoved(Node node) => node switch
        {
            AssignmentExpression { Target.Unwrapped: NameExpression name } assignment => name.Symbol == variable && (assignment.Compound is not null || !IsResult(assignment.Value)),
            UnaryExpression { IsStep: true, Operand.Unwrapped: NameExpression name } => name.Symbol == variable,
            LocalDeclaration { Initializer: { } initializer } declaration => declaration.Symbol == variable && !IsResult(initializer),
            _ => false,
        };
    }

    private static bool IsResult(Expression value) => value.Unwrapped is CallExpression or StatementExpression;

    /// <summary>The lock that a function leaves where its last argument points to, as the file spells it.</summary>
    private static string? LockArgument(FunctionAnalysisContext context, CallExpression taking)
    {
        var last = taking.Origin.Invocation is { IsFunctionLike: true, Arguments: [.., var written] } ? written.Text : taking.Arguments is [.., var argument] ? context.Unit.Text.Slice(argument.Span) : "";
        return last.Trim() is ['&', .. var name] && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? name : null;
    }
}
