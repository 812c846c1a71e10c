using System.Collections.Concurrent;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Tests.Cli;

namespace Review.Tests.Rules;

/// <summary>Known bugs put into a real kernel fire, edits that change nothing stay silent.</summary>
public sealed class MutationTests : IClassFixture<MutationTests.RealKernel>
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "corpus", "mutations");

    private readonly RealKernel kernel;

    public MutationTests(RealKernel kernel) => this.kernel = kernel;

    /// <summary>Script, rule, function; a rule of "-" means that nothing may be added.</summary>
    public static TheoryData<string, string, string> Scripts
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var line in File.ReadLines(Path.Combine(Corpus, "index.tsv")))
            {
                var fields = line.Split('\t');
                data.Add(fields[0], fields[1], fields[2]);
            }

            return data;
        }
    }

    [KernelTheory]
    [MemberData(nameof(Scripts))]
    public void Bugs_fire_and_neutral_edits_do_not(string script, string rule, string function)
    {
        var (file, text) = kernel.Edit(Path.Combine(Corpus, script + ".sh"));
        var before = kernel.FindingsOf(file, null).Select(static finding => finding.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var added = kernel.FindingsOf(file, text).Where(finding => !before.Contains(finding.Fingerprint)).ToList();
        if (rule == "-")
        {
            Assert.Empty(added.Select(static finding => $"{finding.Line}: {finding.Rule}: {finding.Message}"));
        }
        else
        {
            Assert.Contains(added, finding => finding.Rule == rule && finding.Function == function);
        }
    }

    /// <summary>The untouched kernel, prepared once.</summary>
    public sealed class RealKernel : IDisposable
    {
        private static readonly string[] Edited = ["mm/madvise.c", "mm/khugepaged.c", "mm/mremap.c", "mm/memory.c"];

        private readonly TemporaryFolder folder = new();
        private readonly ConcurrentDictionary<string, IReadOnlyList<Finding>> untouched = new(StringComparer.Ordinal);
        private readonly Lazy<(KernelSource Source, PreparedKernel Prepared)> prepared;
        private CacheDirectory? cache;

        public RealKernel() => prepared = new(Prepare);

        /// <summary>The file that a script edits, and what it makes of it.</summary>
        internal (string File, byte[] Text) Edit(string script)
        {
            var copy = Directory.CreateDirectory(folder.At(Guid.NewGuid().ToString("N"))).FullName;
            _ = Directory.CreateDirectory(Path.Combine(copy, "mm"));
            foreach (var file in Edited)
            {
                File.Copy(Path.Combine(KernelFactAttribute.KernelFolder!, file), Path.Combine(copy, file));
            }

            var run = TestProgram.Run("sh", copy, [script, copy]);
            Assert.True(run.Status == 0, run.Errors);
            var changed = Edited.Single(file => !File.ReadAllBytes(Path.Combine(copy, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(KernelFactAttribute.KernelFolder!, file))));
            return (changed, File.ReadAllBytes(Path.Combine(copy, changed)));
        }

        /// <summary>The findings in a file of the kernel, with another text if one is given.</summary>
        internal IReadOnlyList<Finding> FindingsOf(string file, byte[]? text) =>
            text is null ? untouched.GetOrAdd(file, path => Analyse(path, null)) : Analyse(file, text);

        public void Dispose()
        {
            if (prepared.IsValueCreated)
            {
                prepared.Value.Source.Dispose();
            }

            cache?.Dispose();
            folder.Dispose();
        }

        private (KernelSource Source, PreparedKernel Prepared) Prepare()
        {
            cache = CacheDirectory.Open(folder.At("cache"));
            var source = KernelSource.Open(cache, KernelFactAttribute.KernelFolder!, null);
            using var parser = new ClangParser();
            return (source, new BuildPreparation(cache, source, useCache: false, "test").Prepare(Architecture.X86, ConfigurationSource.Default, null, parser, Edited));
        }

        private IReadOnlyList<Finding> Analyse(string file, byte[]? text)
        {
            var (source, build) = prepared.Value;
            using var loader = new UnitLoader(new EditedTree(source.Tree, file, text), null);
            var result = new AnalysisDriver(RuleRun.Rules, new AnalysisOptions()).Run(
                new ToolInfo("mmreview", "0", "", ""), new KernelInfo("", null, "", ""), [new AnalysisInput(file, token => loader.Load(file, build, token))], default);
            Assert.Empty(result.NotAnalysed);
            return result.Findings;
        }
    }

    /// <summary>A tree in which one file has another text.</summary>
    private sealed class EditedTree(ISourceTree tree, string file, byte[]? text) : ISourceTree
    {
        public string? Revision => tree.Revision;

        public bool FileExists(string path) => tree.FileExists(path);

        public byte[]? ReadBytes(string path) => path == file && text is not null ? text : tree.ReadBytes(path);

        public IReadOnlyList<string> List(string directory) => tree.List(directory);
    }
}
