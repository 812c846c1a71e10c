using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Engine;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Atomic;

/// <summary>What the calls of one file do to spin locks, mapped page tables and sections in which nobody sleeps; shared by the rules of a file.</summary>
internal sealed class HeldFacts
{
    public const string Locks = "locks";
    public const string LocksContent = "locks what is at";
    public const string Unlocks = "unlocks";
    public const string Unmaps = "unmaps";
    public const string OpensWalk = "opens the walk";
    public const string ClosesWalk = "closes the walk";
    public const string UsesEntry = "uses the entry";
    public const string Acquires = "acquires";
    public const string Releases = "releases";
    public const string ReleasesTableLocks = "releases table locks";
    public const string ReturnsLock = "returns a held lock";
    public const string ReturnsEntry = "returns a mapped entry";
    public const string ReturnsTableLock = "returns a table lock";
    public const string ReturnsNoEntry = "returns no entry";
    public const string Sleeps = "sleeps";

    /// <summary>Sleeps where page faults are not off.</summary>
    public const string Faults = "faults";

    public const string LazyMode = "lazy MMU mode";

    private const string Enters = "enters ";
    private const string Leaves = "leaves ";

    /// <summary>Operations that a file system or driver may sleep in (struct vm_operations_struct); map_pages must not.</summary>
    private static readonly HashSet<string> SleepingOperations = new(StringComparer.Ordinal) { "open", "close", "fault", "huge_fault", "page_mkwrite", "access", "mprotect" };

    private static readonly FactTable Table = FactResource.Read("Kernel", "HeldContext");

    private readonly TranslationUnit unit;
    private readonly UnitFacts facts;
    private readonly FactMemo<string, (HeldReport Report, string? Reason)> reports = new();
    private readonly FactMemo<string, int> circles = new();

    private HeldFacts(TranslationUnit unit, UnitFacts facts)
    {
        // The inline functions below locks and page tables come down to preemption counts and paravirtual calls, which say nothing about who may sleep.
        Functions = new FunctionFacts(unit, Table, FactReach.OwnFunctions);
        (this.unit, this.facts) = (unit, facts);
    }

    /// <summary>The facts of the file's functions and of those it calls.</summary>
    public FunctionFacts Functions { get; }

    /// <summary>The facts of the file that is being analysed.</summary>
    public static HeldFacts Of(AnalysisContext context) => context.Facts.Get(static (unit, facts) => new HeldFacts(unit, facts));

    /// <summary>True where page faults are off: in the section of that name, and wherever kmap_atomic() says so.</summary>
    public static bool IsFaultFree(Held held) => held.Sections.Contains("pagefault_disable") || held.Sections.Contains("kmap_atomic");

    /// <summary>The section that an effect begins or ends, and whether it begins it; null for another effect.</summary>
    public static (string Section, bool IsEntered)? SectionOf(string effect) =>
        effect.StartsWith(Enters, StringComparison.Ordinal) ? (effect[Enters.Length..], true)
        : effect.StartsWith(Leaves, StringComparison.Ordinal) ? (effect[Leaves.Length..], false) : null;

    /// <summary>True if a call is what the macro that maps a page table, with or without its lock, comes down to where all memory is mapped.</summary>
    public static bool IsMappingMacro(CallExpression call) =>
        call is { Function.Name: "pte_offset_kernel", Origin.Invocation.Name: "pte_offset_map" or "pte_offset_map_lock" or "pte_alloc_map" or "pte_alloc_map_lock" };

    /// <summary>True if a call goes through an operation that may sleep.</summary>
    public static bool IsSleepingOperation(CallExpression call) =>
        call.Function is null && call.Operation is { Record: "vm_operations_struct", Name: var name } && SleepingOperations.Contains(name);

    /// <summary>True if the table has the function. What header functions do to locks is not followed: to callers they are like any other function elsewhere.</summary>
    public static bool IsListed(string function) => !Table.OutcomesOf(function).IsEmpty;

    /// <summary>True if the function is one of the file's that the table does not know.</summary>
    public bool IsOwn(string function) => unit.Find(function) is not null && Table.OutcomesOf(function).IsEmpty;

    /// <summary>The sections that macros begin and end in a function, whatever they expand to: each at the first node of an expansion.</summary>
    public static IReadOnlyDictionary<Node, (string Section, bool IsEntered)> SectionsOfMacros(ControlFlowGraph graph)
    {
        var sections = new Dictionary<Node, (string Section, bool IsEntered)>();
        var seen = new HashSet<MacroInvocation>();
        foreach (var node in graph.Blocks.SelectMany(static block => block.Nodes))
        {
            if (node.Origin.Invocation is { IsFunctionLike: true } invocation && Table.OutcomesOf(invocation.Name) is [{ Effects: var effects }] && seen.Add(invocation)
                && effects.Select(SectionOf).FirstOrDefault(static section => section is not null) is { } section)
            {
                sections.Add(node, section);
            }
        }

        return sections;
    }

    /// <summary>True if the function may sleep in itself or further down.</summary>
    public bool MaySleep(string function) =>
        unit.Find(function) is { } definition && Functions.EffectsWithin(definition) is var effects && (effects.Contains(Sleeps) || effects.Contains(Faults));

    /// <summary>What goes wrong in a function of the file. Functions that call each other in a circle are looked at first, in source order: what is found does not depend on who asks first.</summary>
    /// <exception cref="NotAnalysedException">The function has too many paths.</exception>
    public ImmutableArray<HeldFinding> FindingsIn(FunctionDefinition function)
    {
        _ = Functions.CircleOf(function.Name);
        _ = ReadAccount.Apart(() => circles.Get("", () => Functions.Circles.Count(IsFollowed)));
        var (report, reason) = Follow(function.Name);
        return reason is null ? report.Findings : throw new NotAnalysedException(reason);
    }

    /// <summary>What a function of the file does to what is held, as its callers see it, while the file is being looked at.</summary>
    internal HeldReport ReportFor(string function) => facts.Ask(this, function, static (held, function) => held.Follow(function).Report with { Findings = [] });

    private bool IsFollowed(string function) => Follow(function).Reason is null;

    private (HeldReport Report, string? Reason) Follow(string function) =>
        IsOwn(function) ? reports.Get(function, () => Compute(unit.Find(function)!), static () => (HeldReport.Unknown, null)) : (HeldReport.Neutral, null);

    /// <summary>True if something is held in the function at some time: it says so itself, or it calls a function of the file that returns with it.</summary>
    private bool Concerns(FunctionDefinition function) =>
        function.Macros.Any(static macro => macro.IsFunctionLike && IsAbout(macro.Name))
        || function.Body.DescendantsAndSelf<CallExpression>().Any(call => call.Function is { } callee && (IsAbout(callee.Name) || (IsOwn(callee.Name) && !ReportFor(callee.Name).IsNeutral)));

    /// <summary>True if a function of the file stores a parameter of its own in memory.</summary>
    public bool Stores(string function, int parameter) => facts.Ask(this, (function, parameter), static (held, it) => held.StoresIn(it.function, it.parameter));

    private bool StoresIn(string function, int parameter) =>
        unit.Find(function) is { } definition && parameter < definition.Parameters.Length
        && definition.Body.DescendantsAndSelf<AssignmentExpression>().Any(assignment => assignment.Target is not NameExpression
            && assignment.Value.Unwrapped is NameExpression name && name.Symbol == definition.Parameters[parameter]);

    private static bool IsAbout(string function)
    {
        var outcomes = Table.OutcomesOf(function);
        return outcomes.Length > 0 && outcomes.Any(static outcome => outcome.Effects.Any(static effect => effect is not (Sleeps or Faults) && CallOutcome.Split(effect) is not (UsesEntry, _)));
    }

    private (HeldReport Report, string? Reason) Compute(FunctionDefinition function)
    {
        try
        {
            return (Concerns(function) ? new HeldAnalysis(function, this).Follow() : HeldReport.Neutral, null);
        }
        catch (NotAnalysedException exception)
        {
            return (HeldReport.Unknown, exception.Message);
        }
    }
}
