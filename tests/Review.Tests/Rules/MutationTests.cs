using Review.Dev.Corpus;
using Review.Tests.Cli;

namespace Review.Tests.Rules;

/// <summary>
/// Known bugs put into a real kernel fire, edits that change nothing stay silent. Each is reviewed as a version of its file, as in a series: only what it changes is compiled and asked about.
/// <c>Review.Dev precision</c> reviews each file anew.
/// </summary>
public sealed class MutationTests : IClassFixture<MutationTests.RealKernel>
{
    private static readonly Dictionary<string, Mutation> Corpus =
        Mutation.ReadAll(Path.Combine(AppContext.BaseDirectory, "corpus", "mutations")).ToDictionary(static mutation => mutation.Name, StringComparer.Ordinal);

    private readonly RealKernel kernel;

    public MutationTests(RealKernel kernel) => this.kernel = kernel;

    public static TheoryData<string> Bugs => [.. Corpus.Values.Where(static mutation => mutation is { Rule: not null, Limit: null }).Select(static mutation => mutation.Name)];

    public static TheoryData<string> NeutralEdits => [.. Corpus.Values.Where(static mutation => mutation is { Rule: null, Limit: null }).Select(static mutation => mutation.Name)];

    [KernelTheory]
    [MemberData(nameof(Bugs))]
    public void A_bug_fires_in_its_function_and_its_cure_takes_it_away(string name)
    {
        var bug = Corpus[name];
        var added = kernel.Kernel.Added(bug);
        Assert.Contains((bug.Rule, bug.Function), added.Select(static finding => ((string?)finding.Rule, finding.Function)));
        foreach (var finding in added.Where(finding => finding.Fix is not null && finding.Rule == bug.Rule))
        {
            var after = kernel.Kernel.AddedAfter(bug, finding);
            Assert.DoesNotContain((finding.Rule, finding.Function, finding.Message), after.Select(static left => (left.Rule, left.Function, left.Message)));
            Assert.Empty(after.Select(static left => (left.Rule, left.Function, left.Message)).Except(added.Select(static before => (before.Rule, before.Function, before.Message))));
        }
    }

    [KernelTheory]
    [MemberData(nameof(NeutralEdits))]
    public void A_neutral_edit_adds_nothing(string name) =>
        Assert.Empty(kernel.Kernel.Added(Corpus[name]).Select(static finding => $"{finding.Line}: {finding.Rule}: {finding.Message}"));

    /// <summary>The real kernel, prepared once.</summary>
    public sealed class RealKernel : IDisposable
    {
        private readonly TemporaryFolder folder = new();
        private readonly Lazy<KernelUnderTest> kernel;

        public RealKernel() => kernel = new(() => new KernelUnderTest(KernelFactAttribute.KernelFolder!, folder.At("scratch")) { AsVersions = true });

        internal KernelUnderTest Kernel => kernel.Value;

        public void Dispose()
        {
            if (kernel.IsValueCreated)
            {
                kernel.Value.Dispose();
            }

            folder.Dispose();
        }
    }
}
