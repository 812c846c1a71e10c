using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.References;

/// <summary>
/// Which functions only look at what an argument points to: they neither keep it, nor take or give back a reference. Functions with a body are read;
/// of the others the table knows some, and kernel names say a few more.
/// </summary>
internal sealed class Borrowers
{
    private static readonly string[] Questions = ["is_", "folio_test_", "folio_set_", "folio_clear_", "page_is_", "folio_is_", "trace_", "dump_", "count_", "folio_may_", "folio_migrate_flags", "vma_", "PAGE_", "__mod_", "mod_", "can_"];

    private readonly TranslationUnit unit;
    private readonly UnitFacts facts;
    private readonly FactTable table;
    private readonly FactMemo<(string Function, int Parameter, bool MayTake), bool> known = new();

    public Borrowers(TranslationUnit unit, UnitFacts facts, FactTable table) => (this.unit, this.facts, this.table) = (unit, facts, table);

    /// <summary>True if a call leaves an argument's references alone and does not keep it, apart from what the table says.</summary>
    public bool Borrows(CallExpression call, int argument)
    {
        ArgumentNullException.ThrowIfNull(call);
        var signature = call.Function?.Signature ?? call.Callee.Type.Pointee as FunctionType;
        if (signature is null || argument >= signature.Parameters.Length)
        {
            // What a message prints.
            return signature is { IsVariadic: true };
        }

        if (signature.Parameters[argument].Canonical is PointerType { IsTargetConst: true })
        {
            return true;
        }

        return call.Function is { } function && Borrows(function.Name, argument, mayTake: false);
    }

    /// <summary>True if a call keeps an argument nowhere and gives no reference to it back: whatever reference it takes is for its caller.</summary>
    public bool OnlyTakes(CallExpression call, int argument)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Function is { } function && Borrows(function.Name, argument, mayTake: true);
    }

    /// <summary>
    /// True if a function of the file has an argument's reference from its caller: it gives it back on one of its paths and keeps the thing in memory on another, as whoever queues work does.
    /// </summary>
    public bool TakesOver(CallExpression call, int argument, FunctionFacts effects)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(effects);
        return call.Function is { } function && effects.ParameterEffectsOf(function.Name).Any(effect => effect.Parameter == argument && effect.Verb is ReferenceFacts.Puts or ReferenceFacts.Uncounts)
            && facts.Ask(this, (Function: function.Name, Argument: argument), static (borrowers, it) => borrowers.Stores(it.Function, it.Argument));
    }

    private bool Stores(string function, int parameter) =>
        table.OutcomesOf(function).IsEmpty && unit.Find(function) is { } body && parameter < body.Parameters.Length
        && body.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => assignment.Target is MemberExpression && assignment.Value.Unwrapped is NameExpression name && name.Symbol == body.Parameters[parameter]);

    private bool Borrows(string function, int parameter, bool mayTake) =>
        facts.Ask(this, (Function: function, Argument: parameter, MayTake: mayTake), static (borrowers, it) => borrowers.FindBorrows(it.Function, it.Argument, it.MayTake));

    private bool FindBorrows(string function, int parameter, bool mayTake)
    {
        if (!table.OutcomesOf(function).IsEmpty)
        {
            return table.OutcomesOf(function).All(outcome => outcome.OnParameters.All(effect => effect.Parameter != parameter || effect.Verb is ReferenceFacts.ByFlags or ReferenceFacts.Same || (mayTake && ReferenceFacts.IsTaking(effect.Verb))));
        }

        if (function.Contains("rmap", StringComparison.Ordinal))
        {
            // A mapping keeps the reference of the page that it maps.
            return false;
        }

        if (IsQuestion(function))
        {
            return true;
        }

        // A recursion keeps what its end keeps.
        return unit.Find(function, inHeaders: true) is { } body && parameter < body.Parameters.Length
            && known.Get((function, parameter, mayTake), () => OnlyLooks(body, body.Parameters[parameter], mayTake), static () => true);
    }

    private static bool IsTableEntry(CType type) => type is TypedefType { Spelling: "pte_t" or "pmd_t" or "pud_t" };

    private static bool IsQuestion(string function) =>
        Array.Exists(Questions, prefix => function.StartsWith(prefix, StringComparison.Ordinal)) || PageFlag(function);

    /// <summary>PageDirty(), SetPageDirty(), TestClearPageDirty(), __ClearPageLocked() ...</summary>
    private static bool PageFlag(string function)
    {
        var at = function.IndexOf("Page", StringComparison.Ordinal);
        return at >= 0 && at + 4 < function.Length && char.IsUpper(function[at + 4]) && function[..at].TrimStart('_') is "" or "Set" or "Clear" or "TestSet" or "TestClear";
    }

    private bool OnlyLooks(FunctionDefinition function, VariableSymbol parameter, bool mayTake)
    {
        var names = new HashSet<VariableSymbol> { parameter };
        for (var count = 0; count != names.Count;)
        {
            count = names.Count;
            foreach (var use in function.Body.DescendantsAndSelf<NameExpression>().Where(use => use.Symbol is VariableSymbol variable && names.Contains(variable)))
            {
                if (!OnlyLooks(use, names, mayTake))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Follows one use of a pointer outwards to where it ends; other variables that get it are added to the names.</summary>
    private bool OnlyLooks(Expression use, HashSet<VariableSymbol> names, bool mayTake)
    {
        Node child = use;
        foreach (var parent in use.Ancestors())
        {
            switch (parent)
            {
                case CallExpression call:
                    var index = call.Arguments.IndexOf((Expression)child);
                    if (index >= 0 && IsTableEntry(call.Type))
                    {
                        // Whoever makes an entry for a page maps it.
                        return false;
                    }

                    if (index >= 0 && call.Function is { } shape && table.OutcomesOf(shape.Name).Any(outcome => outcome.OnParameters.Contains((ReferenceFacts.Same, index))))
                    {
                        child = parent;
                        continue;
                    }

                    return index < 0 || (call.Function is { } callee
                        ? (callee.Signature is { } signature && (index >= signature.Parameters.Length || signature.Parameters[index].Canonical is PointerType { IsTargetConst: true } or not PointerType)) || Borrows(callee.Name, index, mayTake)
                        : false);
                case AssignmentExpression assignment:
                    if (assignment.Target == child)
                    {
                        return true;
                    }

                    if (assignment is not { Compound: null, Target: NameExpression { Symbol: VariableSymbol { IsAutomatic: true } target } })
                    {
                        return assignment.Target.Type.Canonical is not PointerType;
                    }

                    _ = target.Type.Canonical is PointerType && names.Add(target);
                    return true;
                case LocalDeclaration declaration:
                    _ = declaration.Symbol.Type.Canonical is PointerType && names.Add(declaration.Symbol);
                    return declaration.Initializer is not InitializerList;
                case MemberExpression member:
                    // What a member holds is another thing; its address leads to this one.
                    if (!member.Ancestors().TakeWhile(static outer => outer is MemberExpression or UnaryExpression { Operator: UnaryOperator.AddressOf } or CastExpression).OfType<UnaryExpression>().Any())
                    {
                        return true;
                    }

                    child = parent;
                    continue;
                case BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Comma } or CastExpression or ConditionalExpression or UnaryExpression or ChosenExpression:
                    if (parent is UnaryExpression { Operator: UnaryOperator.Dereference or UnaryOperator.LogicalNot })
                    {
                        return true;
                    }

                    child = parent;
                    continue;
                case ReturnStatement or InitializerList or CompoundLiteral or StatementExpression:
                    return false;
                case ExpressionStatement { Parent.Parent: StatementExpression { Value: { } value } } when value == child:
                    return false;
                default:
                    return true;
            }
        }

        return true;
    }
}
