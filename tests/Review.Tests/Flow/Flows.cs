using System.Globalization;
using System.Text;
using Review.Clang;
using Review.Core.Flow;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>Small C functions, and what the analyses say of them in one line.</summary>
internal static class Flows
{
    private const string Prelude = """
        typedef _Bool bool;
        struct s { int a; bool flag; struct s *next; int array[4]; };
        int get(void); bool ask(int x); void see(int x); void change(int *x); void read_only(const int *x); void touch(struct s *p);
        void lock(void); void unlock(void); bool try_unlock(void); void start(struct s *p); void end(struct s *p);
        void stop(void) __attribute__((noreturn));
        int same(int x); void *error_pointer(long error); bool is_error(const void *p);

        """;

    /// <summary>The tree of a file.</summary>
    public static TranslationUnit Parse(string code)
    {
        using var parser = new ClangParser();
        var unit = parser.Parse(new ParseRequest(new SourceText("mm/flow.c", Encoding.UTF8.GetBytes(Prelude + code)), "/kernel", "/generated", ["-std=gnu11", "--target=x86_64-linux-gnu"]));
        Assert.Empty(unit.Messages.Select(static message => $"{message.Line}: {message.Text}"));
        Assert.Empty(unit.Problems);
        return unit;
    }

    /// <summary>The graph of a file's function <c>f</c>.</summary>
    public static ControlFlowGraph Graph(string code) => ControlFlowGraph.Create(Parse(code).Functions.Single(static function => function.Name == "f"));

    /// <summary>The numbers that <c>f</c> can return, in order; <c>?</c> for what is not known. A path that cannot be taken returns nothing.</summary>
    public static string Results(string code)
    {
        var analysis = new Returns(Graph(code));
        analysis.Run(0);
        return string.Join(' ', analysis.Found);
    }

    /// <summary>The facts of a file's functions.</summary>
    public static FunctionFacts Facts(string code, string table = Table) => new(Parse(code), FactTable.Parse(table));

    /// <summary>The ways in which a call of a function can end, one line each, in order.</summary>
    public static string[] Outcomes(string code, string function = "f") => [.. Facts(code).OutcomesOf(function).Select(Describe).Order(StringComparer.Ordinal)];

    /// <summary>What the tests know of the functions of the prelude.</summary>
    public const string Table = """
        unlock: drops lock
        lock: takes lock
        try_unlock = 1: drops lock
        try_unlock = 0:
        start: starts *0
        end: ends *0
        same = $0:
        error_pointer = $0:
        is_error (0 < 0) = 1:
        is_error (0 >= 0) = 0:
        ask stable:
        """;

    private static string Describe(CallOutcome outcome)
    {
        var parts = outcome.Inputs.Select(static input => $"#{input.Parameter} {Describe(input.Fact)}")
            .Append(outcome.Effects.ToString())
            .Concat(outcome.Outputs.Where(static output => output.Kind != OutputKind.Kept).Select(static output =>
                $"*{output.Parameter}{(output.Field is null ? "" : "." + output.Field.Name)} {(output.Kind == OutputKind.Number ? output.Number.ToString(CultureInfo.InvariantCulture) : "changed")}"))
            .Append(outcome.Returns is { } parameter ? $"returns #{parameter}" : outcome.Result == Fact.Nothing ? "" : $"returns {Describe(outcome.Result)}");
        return string.Join("; ", parts.Where(static part => part.Length > 0));
    }

    private static string Describe(Fact fact) =>
        (fact.Ones | fact.Zeros) == ulong.MaxValue ? unchecked((long)fact.Ones).ToString(CultureInfo.InvariantCulture) : fact.Signs.ToString();

    private sealed class Returns(ControlFlowGraph graph) : PathAnalysis<int>(graph)
    {
        public SortedSet<string> Found { get; } = new(StringComparer.Ordinal);

        protected override void AtExit(Path<int> path, ReturnStatement? @return) =>
            Found.Add(@return is null ? "end" : path.State.Read(ResultPlace.Instance) is ConstantValue constant ? constant.Number.ToString(CultureInfo.InvariantCulture) : "?");
    }
}
