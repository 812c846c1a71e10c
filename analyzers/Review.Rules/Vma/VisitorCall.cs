using Review.Core.Syntax;

namespace Review.Rules.Vma;

/// <summary>
/// A call through a pointer that gets a VMA and the address of the variable with the one before it, as madvise_walk_vmas() calls its visitors. By the convention of these walks the callee
/// may drop mmap_lock and take it again; it says so by leaving NULL in that variable.
/// </summary>
internal static class VisitorCall
{
    private const string Vma = "vm_area_struct";

    /// <summary>The variable in which the callee leaves NULL; null if the call is none of these.</summary>
    public static VariableSymbol? MarkOf(CallExpression call) =>
        call is { Function: null, Operation: null } && call.Arguments.Any(static argument => argument.Type.IsPointerTo(Vma))
            ? call.Arguments.Select(static argument => argument.Unwrapped).OfType<UnaryExpression>()
                .Where(static argument => argument.Operator == UnaryOperator.AddressOf && argument.Type.IsPointerToPointerTo(Vma))
                .Select(static argument => (argument.Operand.Unwrapped as NameExpression)?.Symbol).OfType<VariableSymbol>().FirstOrDefault(static variable => variable.Kind == VariableKind.Local)
            : null;

    /// <summary>True if a function calls one.</summary>
    public static bool IsIn(FunctionDefinition function) => function.Body.DescendantsAndSelf<CallExpression>().Any(static call => MarkOf(call) is not null);
}
