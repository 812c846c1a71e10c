using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Locking;

/// <summary>What the calls of one file do to mmap_lock and to VMAs; shared by the rules of a file.</summary>
internal sealed class MmapLockFacts(TranslationUnit unit)
{
    /// <summary>The lock was released at some time during the call.</summary>
    public const string Drops = "drops mmap_lock";

    /// <summary>The VMA handed over as a parameter may have been merged into another one, which is the result.</summary>
    public const string Replaces = "replaces VMA";

    private const string Flag = "lock_dropped";

    private readonly Lazy<HashSet<string>> visitors = new(() => FindVisitors(unit));

    private static readonly FactTable Table = FactResource.Read("MmapLock");

    /// <summary>The facts of the file's functions and of those it calls.</summary>
    public FunctionFacts Functions { get; } = new(unit, Table);

    /// <summary>The address space has no other user left, so nobody can free its VMAs.</summary>
    public const string Owns = "owns mm";

    /// <summary>
    /// The member in which a VMA walk of newer kernels is told that mmap_lock was dropped (mm/madvise.c since 6.17); null in older ones, where
    /// <c>*prev = NULL</c> says so.
    /// </summary>
    public FieldSymbol? DroppedFlag { get; } = unit.Functions
        .SelectMany(static function => function.Body.DescendantsAndSelf())
        .OfType<MemberExpression>()
        .FirstOrDefault(static member => member.Field is { Name: Flag, Type.Canonical: IntegerType })?.Field;

    /// <summary>
    /// The functions that run inside a walk of the newer kind: called, directly or not, by the walker, which is told by its reading
    /// <see cref="DroppedFlag"/>. The walker itself is not among them.
    /// </summary>
    public bool IsVisitor(FunctionDefinition function) => visitors.Value.Contains(function.Name);

    /// <summary>True if some call in the function may end the life of a VMA, and somebody else is there to do it.</summary>
    public bool MayKill(FunctionDefinition function)
    {
        var effects = function.Body.DescendantsAndSelf()
            .OfType<CallExpression>()
            .SelectMany(call => call.Function is { } callee ? Functions.OutcomesOf(callee.Name) : [])
            .SelectMany(static outcome => outcome.Effects)
            .ToHashSet(StringComparer.Ordinal);
        return effects.Any(static effect => effect == Drops || effect.StartsWith(Replaces, StringComparison.Ordinal)) && !effects.Contains(Owns);
    }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static MmapLockFacts Of(AnalysisContext context) => context.Facts.Get(static unit => new MmapLockFacts(unit));

    private static HashSet<string> FindVisitors(TranslationUnit unit)
    {
        var callees = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(
            static function => function.Name,
            static function => function.Body.DescendantsAndSelf().OfType<CallExpression>().Select(static call => call.Function?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        var walkers = unit.Functions.Where(ReadsFlag).Select(static function => function.Name).ToHashSet(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(walkers);
        while (waiting.TryPop(out var name))
        {
            foreach (var callee in callees.GetValueOrDefault(name, []))
            {
                if (!walkers.Contains(callee) && found.Add(callee))
                {
                    waiting.Push(callee);
                }
            }
        }

        return found;
    }

    private static bool ReadsFlag(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf().OfType<MemberExpression>().Any(static member => member is { IsRead: true, Field.Name: Flag });
}
