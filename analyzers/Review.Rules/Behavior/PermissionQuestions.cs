using Review.Core.Engine;
using Review.Core.Syntax;
using Review.Flow.Facts;

namespace Review.Rules.Behavior;

/// <summary>Which functions of a file ask whether the caller may do what it wants, themselves or through others of the file.</summary>
internal sealed class PermissionQuestions
{
    /// <summary>A task that somebody names is looked up.</summary>
    public const string FindsTask = "finds a task";

    /// <summary>The address space of a task is taken.</summary>
    public const string OpensAddressSpace = "opens an address space";

    private const string Asks = "asks ";
    private const string Wants = "wants ";
    private const string Requires = "requires ";

    private static readonly FactTable Table = FactResource.Read("Permission");

    private readonly Dictionary<FunctionSymbol, FunctionDefinition> functions;
    private readonly Dictionary<Symbol, List<FunctionSymbol>> operations;
    private readonly HashSet<Symbol> mentioned = [];

    private PermissionQuestions(TranslationUnit unit)
    {
        functions = unit.Functions.DistinctBy(static function => function.Symbol).ToDictionary(static function => function.Symbol);
        operations = unit.Globals.Where(static global => global.Initializer is not null).DistinctBy(static global => global.Symbol)
            .ToDictionary(static global => (Symbol)global.Symbol, static global => FunctionsIn(global.Initializer!).ToList());
        mentioned.UnionWith(unit.Functions.SelectMany(static function => FunctionsIn(function.Body)));
        mentioned.UnionWith(operations.Values.SelectMany(static members => members));
        mentioned.IntersectWith(functions.Keys);
    }

    /// <summary>The questions of the file that is being analysed.</summary>
    public static PermissionQuestions Of(AnalysisContext context) => context.Facts.Get(static unit => new PermissionQuestions(unit));

    /// <summary>True if a call asks for permission.</summary>
    public static bool IsQuestion(CallExpression call) => EffectsOf(call).Any(static effect => effect.StartsWith(Asks, StringComparison.Ordinal));

    /// <summary>True if a call has an effect.</summary>
    public static bool Does(CallExpression call, string effect) => EffectsOf(call).Contains(effect);

    /// <summary>The questions of which a system call has to ask one; empty if it need not.</summary>
    public static IReadOnlyList<string> WantedOf(string function) =>
        [.. Table.OutcomesOf(function).SelectMany(static outcome => outcome.Effects).Where(static effect => effect.StartsWith(Wants, StringComparison.Ordinal)).Select(static effect => effect[Wants.Length..])];

    /// <summary>The questions that a system call has to ask, each of them.</summary>
    public static IEnumerable<string> RequiredOf(string function) =>
        Table.OutcomesOf(function).SelectMany(static outcome => outcome.Effects).Where(static effect => effect.StartsWith(Requires, StringComparison.Ordinal)).Select(static effect => effect[Requires.Length..]);

    /// <summary>True if the file calls a function, or hands it over.</summary>
    public bool IsMentioned(FunctionDefinition function) => mentioned.Contains(function.Symbol);

    /// <summary>The function of the file that a call calls; null if it is elsewhere.</summary>
    public FunctionDefinition? CalleeOf(CallExpression call) => call.Function is { } callee ? functions.GetValueOrDefault(callee) : null;

    /// <summary>The functions of the file that code calls or hands over, those that they call, and so on.</summary>
    public IReadOnlySet<FunctionDefinition> Below(IEnumerable<Node> code)
    {
        var found = new HashSet<FunctionDefinition>();
        var work = new Queue<Node>(code);
        while (work.TryDequeue(out var node))
        {
            foreach (var name in node.DescendantsAndSelf<NameExpression>())
            {
                if (name.Symbol is FunctionSymbol function)
                {
                    Add(function);
                }
                else if (operations.TryGetValue(name.Symbol, out var members))
                {
                    members.ForEach(Add);
                }
            }
        }

        return found;

        void Add(FunctionSymbol symbol)
        {
            if (functions.TryGetValue(symbol, out var function) && found.Add(function))
            {
                work.Enqueue(function.Body);
            }
        }
    }

    /// <summary>True if code asks one of some questions and looks at the answer, or functions of the file do that it calls.</summary>
    public bool IsAsked(IReadOnlyList<Node> code, IReadOnlyList<string> questions) =>
        code.Concat(Below(code).Select(static function => function.Body)).Any(node => IsAskedIn(node, questions));

    /// <summary>True if code itself asks one of some questions and looks at the answer.</summary>
    public static bool IsAskedIn(Node code, IReadOnlyList<string> questions) => AskedIn(code, questions).Any();

    /// <summary>The calls with which code itself asks one of some questions and looks at the answer.</summary>
    public static IEnumerable<CallExpression> AskedIn(Node code, IReadOnlyList<string> questions) => code.DescendantsAndSelf<CallExpression>()
        .Where(call => call.Parent is not ExpressionStatement && questions.Any(question => Does(call, Asks + question)));

    private static IEnumerable<string> EffectsOf(CallExpression call) =>
        call.Function is { } callee ? Table.OutcomesOf(callee.Name).SelectMany(static outcome => outcome.Effects) : [];

    private static IEnumerable<FunctionSymbol> FunctionsIn(Node node) => node.DescendantsAndSelf<NameExpression>().Select(static name => name.Symbol).OfType<FunctionSymbol>();
}
