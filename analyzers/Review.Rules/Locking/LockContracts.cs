using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>
/// How the functions of one file go about mmap_lock; followed when somebody asks, each once. Several rules and functions may ask at once.
/// </summary>
internal sealed class LockContracts(TranslationUnit unit, FunctionFacts facts, MmapLockModeFacts modes)
{
    /// <summary>Functions followed one below the other; chains of calls of a hostile file may be long.</summary>
    private const int MaximumDepth = 16;

    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    private readonly Dictionary<string, FunctionDefinition> functions = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(static function => function.Name);
    private readonly Dictionary<string, LockBalance?> balances = [];
    private readonly Dictionary<string, NotAnalysedException> unknown = [];
    private readonly Lock access = new();
    private int depth;

    /// <summary>Whether calls take and drop the lock.</summary>
    public FunctionFacts Facts => facts;

    /// <summary>The balances of a file.</summary>
    public static LockContracts Of(AnalysisContext context)
    {
        var facts = MmapLockFacts.Of(context).Functions;
        var modes = MmapLockModeFacts.Of(context);
        return context.Facts.Get(unit => new LockContracts(unit, facts, modes));
    }

    /// <summary>The paths of a function; null if they do not touch the lock, or cannot be followed as those of one lock.</summary>
    /// <exception cref="NotAnalysedException">It has too many paths.</exception>
    public LockBalance? Of(FunctionDefinition function)
    {
        lock (access)
        {
            return unknown.TryGetValue(function.Name, out var exception) ? throw exception
                : balances.TryGetValue(function.Name, out var known) ? known
                : Follow(function);
        }
    }

    /// <summary>True if what the function does is inferred from its body, not told by the table.</summary>
    public bool IsFollowed(string function) => functions.ContainsKey(function) && !MmapLockFacts.IsTold(function);

    /// <summary>True if something is wrong with a function of the file already: what follows from that for its callers is not said again.</summary>
    public bool IsInTrouble(CallExpression call)
    {
        if (call.Function is not { } function || !functions.TryGetValue(function.Name, out var definition) || MmapLockFacts.IsTold(function.Name))
        {
            return false;
        }

        try
        {
            return Of(definition) is { } balance && (balance.Defects.Any() || ConflictsOf(definition).Any());
        }
        catch (NotAnalysedException)
        {
            return true;
        }
    }

    /// <summary>The ways of returning from a function that do not fit together; none if the table tells what callers have to expect.</summary>
    public IEnumerable<LockConflict> ConflictsOf(FunctionDefinition function) =>
        MmapLockFacts.IsTold(function.Name) || Of(function) is not { } balance ? []
            : LockConflict.Find(balance.Exits, function.Symbol.Signature?.Result.Canonical is PointerType).Where(conflict => !IsInTrouble(conflict.Exit.State.Since!));

    /// <summary>The effects on modes and needs that a call can have, further down too.</summary>
    public IReadOnlySet<string> Reach(CallExpression call) =>
        call.Function is not { } function ? Nothing
        : functions.TryGetValue(function.Name, out var definition) ? modes.Functions.EffectsWithin(definition)
        : MmapLockModeFacts.EffectsOf(call).ToHashSet(StringComparer.Ordinal);

    /// <summary>True if a function has to be entered with the lock, false if it takes it itself; null if that is not known or depends.</summary>
    public bool? IsEnteredWith(CallExpression call)
    {
        if (call.Function is not { } function || !functions.TryGetValue(function.Name, out var definition))
        {
            return null;
        }

        try
        {
            var exits = depth < MaximumDepth ? Of(definition)?.Exits ?? [] : [];
            return exits.Any(static exit => exit.BeganWith) ? (exits.Any(static exit => exit.BeganWithout) ? null : true)
                : exits.Any(static exit => exit.BeganWithout) ? false
                : null;
        }
        catch (NotAnalysedException)
        {
            return null;
        }
    }

    private LockBalance? Follow(FunctionDefinition function)
    {
        // Whoever asks again on the way down, in a recursion, gets no answer.
        balances[function.Name] = null;
        var effects = Facts.EffectsWithin(function);
        if ((!effects.Contains(MmapLockFacts.Takes) && !effects.Contains(MmapLockFacts.Drops)) || NamesSeveralLocks(function))
        {
            return null;
        }

        depth++;
        try
        {
            var balance = new LockBalance(function, this);
            balance.Run();
            balances[function.Name] = balance;
            return balance;
        }
        catch (NotAnalysedException exception)
        {
            unknown[function.Name] = exception;
            throw;
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>True if the function spells locks of several address spaces.</summary>
    private bool NamesSeveralLocks(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf().OfType<CallExpression>()
            .Where(static call => call.Arguments.Length > 0 && MmapLockModeFacts.EffectsOf(call).Any(MmapLockModeFacts.IsMode))
            .Select(call => Spelling(call.Arguments[0]))
            .Distinct(StringComparer.Ordinal)
            .Skip(1)
            .Any();

    private string Spelling(Expression argument)
    {
        var expression = argument.Unwrapped;
        if (expression is UnaryExpression { Operator: UnaryOperator.AddressOf, Operand: MemberExpression member })
        {
            expression = member.Target.Unwrapped;
        }

        return unit.Text.Slice(expression.Span);
    }
}
