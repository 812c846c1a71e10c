using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Patches.Mail;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Benchmarks;

/// <summary>The parts of a review, each alone. What parts remember of a tree is forgotten with it, so that each run begins with a tree of its own.</summary>
public class PartBenchmarks
{
    private static readonly byte[] Mails = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 21).Select(Patch)));

    private TranslationUnit unit = null!;

    /// <summary>Parses the file anew.</summary>
    [IterationSetup(Targets = [nameof(ControlFlow), nameof(Solver), nameof(Rules)])]
    public void NewTree() => unit = Parts.Parse();

    /// <summary>libclang, and the reading of its tree into ours, without precompiled headers.</summary>
    [Benchmark]
    public int Tree() => Parts.Parse().Functions.Length;

    /// <summary>The control-flow graphs of all functions of the file and of those that they call in headers.</summary>
    [Benchmark]
    public int ControlFlow() => unit.Functions.Concat(unit.HeaderFunctions).Sum(static function => ControlFlowGraph.Create(function).Blocks.Length);

    /// <summary>Paths and facts: the rule that looks most into calls, on every function.</summary>
    [Benchmark]
    public int Solver() => Parts.Run(unit, "mmap-lock-imbalance");

    /// <summary>All rules together.</summary>
    [Benchmark]
    public int Rules() => Parts.Run(unit, null);

    /// <summary>The interleavings of one program on the model, without the reduction.</summary>
    [Benchmark]
    public int Explorer() => Parts.Explore();

    /// <summary>A series of twenty patches: mailbox, mails, thread, series.</summary>
    [Benchmark]
    public int Mail() => SeriesAssembler.Assemble(MailThread.Of(MailContainer.Split(Mails).Select(static mail => MailMessage.Read(mail)))).Sum(static series => series.Patches.Length);

    private static string Patch(int number)
    {
        var body = number == 0 ? "What it is about.\n"
            : $"Why.\n---\n mm/a.c | 2 +-\n\ndiff --git a/mm/a.c b/mm/a.c\nindex 1111111..2222222 100644\n--- a/mm/a.c\n+++ b/mm/a.c\n@@ -1 +1 @@\n-a{number}\n+b{number}\n-- \n2.39\n";
        var answers = number == 0 ? "" : "In-Reply-To: <0@bench>\n";
        return string.Create(CultureInfo.InvariantCulture, $"From git@z Thu Jan  1 00:00:00 1970\nFrom: A <a@example.org>\nSubject: [PATCH {number}/20] mm: part {number}\nDate: Thu, 1 Jan 2026 00:{number:00}:00 +0000\nMessage-ID: <{number}@bench>\n{answers}\n{body}\n");
    }
}

/// <summary>Each rule alone, on a tree of its own: the first rule pays for the facts that others would share.</summary>
public class RuleBenchmarks
{
    private TranslationUnit unit = null!;

    /// <summary>The rule.</summary>
    [ParamsSource(nameof(Names))]
    public string Rule { get; set; } = "";

    /// <summary>All rules.</summary>
    public static IEnumerable<string> Names => Parts.Rules;

    /// <summary>Parses the file anew.</summary>
    [IterationSetup]
    public void NewTree() => unit = Parts.Parse();

    /// <summary>Runs the rule.</summary>
    [Benchmark]
    public int Run() => Parts.Run(unit, Rule);
}
