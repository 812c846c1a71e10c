using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Kernel.Architectures;

namespace Review.Kernel.Headers;

/// <summary>
/// The headers that <c>make prepare</c> would generate, as texts keyed by their path below an overlay directory:
/// <c>include/generated/...</c>, <c>arch/asm/...</c> and <c>arch/uapi/asm/...</c>. Immutable.
/// </summary>
/// <remarks>
/// A few headers hold numbers that only a compiler knows. They are listed in <see cref="Pending"/> and filled in by
/// <see cref="Complete"/>; the order matters, because later sources include earlier headers.
/// </remarks>
public sealed partial class GeneratedHeaders
{
    private GeneratedHeaders(
        ImmutableSortedDictionary<string, string> files,
        ImmutableArray<PendingOffsets> pending,
        ImmutableArray<KernelProblem> problems)
    {
        Files = files;
        Pending = pending;
        Problems = problems;
    }

    /// <summary>Header texts by overlay-relative path, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; }

    /// <summary>What still has to be compiled, in the order in which it must be; the headers exist meanwhile and are empty.</summary>
    public ImmutableArray<PendingOffsets> Pending { get; }

    /// <summary>What could not be generated.</summary>
    public ImmutableArray<KernelProblem> Problems { get; }

    /// <summary>Makes all headers that need no compiler.</summary>
    public static GeneratedHeaders Create(ISourceTree tree, Architecture architecture, KernelConfiguration configuration)
    {
        var problems = new ProblemList();
        var generation = new HeaderGeneration(tree, architecture, configuration, problems);
        generation.Add("include/generated/autoconf.h", configuration.AutoconfHeader());
        AddVersions(generation, KernelVersion.Read(tree));
        AddStubs(generation);
        generation.Add("include/generated/timeconst.h", TimeConstants.Generate(configuration, problems));
        WrapperHeaders.Add(generation);
        SyscallHeaders.Add(generation);
        architecture.AddHeaders(generation);

        var pending = ImmutableArray.Create(
            new PendingOffsets("kernel/bounds.c", "include/generated/bounds.h"),
            new PendingOffsets("kernel/sched/rq-offsets.c", "include/generated/rq-offsets.h"));
        foreach (var offsets in pending)
        {
            generation.Add(offsets.Header, "");
        }

        pending = pending.RemoveAll(offsets => !tree.FileExists(offsets.Source));
        return new GeneratedHeaders(generation.ToImmutable(), pending, problems.ToImmutable());
    }

    /// <summary>
    /// Compiles what is pending, one source after the other. Before each one the headers so far are handed out to be written
    /// where the compiler finds them; the headers returned are still to be written.
    /// </summary>
    /// <param name="compiler">Compiles a source.</param>
    /// <param name="arguments">The clang arguments for a source, usually <see cref="Compilation.ClangArguments"/>.</param>
    /// <param name="write">Puts <see cref="Files"/> where the arguments say that they are.</param>
    public GeneratedHeaders Complete(IOffsetCompiler compiler, Func<string, ImmutableArray<string>> arguments, Action<GeneratedHeaders> write)
    {
        var headers = this;
        while (headers.Pending is [var next, ..])
        {
            write(headers);
            headers = headers.WithOffsets(next, compiler.Compile(next.Source, arguments(next.Source)));
        }

        return headers;
    }

    /// <summary>
    /// The headers with the values of one pending source put in. A result without values leaves the header empty and its
    /// problem in <see cref="Problems"/>.
    /// </summary>
    public GeneratedHeaders WithOffsets(PendingOffsets offsets, OffsetValues values)
    {
        if (!Pending.Contains(offsets))
        {
            throw new ArgumentException($"{offsets.Source} is not pending", nameof(offsets));
        }

        var text = new StringBuilder();
        foreach (var (name, value) in values.Values)
        {
            if (MacroName().IsMatch(name))
            {
                text.Append(CultureInfo.InvariantCulture, $"#define {name} {value}\n");
            }
        }

        var problem = values.Problem ?? (text.Length == 0 ? "compiling it gave no values" : null);
        return new GeneratedHeaders(
            Files.SetItem(offsets.Header, text.ToString()),
            Pending.Remove(offsets),
            problem is null ? Problems : Problems.Add(new KernelProblem(offsets.Source, 0, $"{problem}; {offsets.Header} is incomplete")));
    }

    private static void AddVersions(HeaderGeneration generation, KernelVersion version)
    {
        generation.Add("include/generated/uapi/linux/version.h", string.Create(CultureInfo.InvariantCulture, $"""
            #define LINUX_VERSION_CODE {version.Code}
            #define KERNEL_VERSION(a,b,c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
            #define LINUX_VERSION_MAJOR {version.Major}
            #define LINUX_VERSION_PATCHLEVEL {version.Patchlevel}
            #define LINUX_VERSION_SUBLEVEL {version.Sublevel}

            """));
        generation.Add("include/generated/utsrelease.h", $"#define UTS_RELEASE \"{version}\"\n");
    }

    /// <summary>Headers whose content no declaration depends on: names of builds, machines and people.</summary>
    private static void AddStubs(HeaderGeneration generation)
    {
        generation.Add("include/generated/utsversion.h", "#define UTS_VERSION \"#1\"\n");
        generation.Add("include/generated/compile.h", $"""
            #define UTS_MACHINE "{generation.Architecture.Machine}"
            #define LINUX_COMPILE_BY "nobody"
            #define LINUX_COMPILE_HOST "localhost"
            #define LINUX_COMPILER "clang"

            """);
        generation.Add("include/generated/package.h", "#define LINUX_PACKAGE_ID \"\"\n");
        foreach (var name in (ReadOnlySpan<string>)["asm-offsets", "autoksyms", "randstruct_hash", "integer-wrap"])
        {
            generation.Add($"include/generated/{name}.h", "");
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex MacroName();
}
