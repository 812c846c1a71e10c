using System.Collections.Immutable;
using Review.Kernel.Compilation;

namespace Review.Kernel.Makefiles;

/// <summary>What makefiles add to the command line of one source, as far as it changes the meaning of the source or what clang says of it.</summary>
/// <param name="IncludeDirectories">Directories inside the tree, in search order.</param>
/// <param name="Macros">Options <c>-DNAME</c>, <c>-DNAME=VALUE</c> and <c>-UNAME</c>, in order.</param>
/// <param name="Warnings">Options <c>-W...</c>, in order.</param>
/// <param name="Problems">What was refused, for example a directory outside the tree.</param>
public sealed record FileFlags(ImmutableArray<string> IncludeDirectories, ImmutableArray<string> Macros, ImmutableArray<string> Warnings, ImmutableArray<KernelProblem> Problems)
{
    /// <summary>No flags.</summary>
    public static FileFlags None { get; } = new([], [], [], []);

    internal static FileFlags Parse(string makefile, IEnumerable<string> words, IEnumerable<KernelProblem> known)
    {
        var directories = ImmutableArray.CreateBuilder<string>();
        var macros = ImmutableArray.CreateBuilder<string>();
        var warnings = ImmutableArray.CreateBuilder<string>();
        var problems = new ProblemList();
        problems.AddRange(known);
        var option = "";
        foreach (var word in words)
        {
            var full = option + word;
            option = "";
            if (full is "-I" or "-D" or "-U")
            {
                option = full;
            }
            else if (full.StartsWith("-I", StringComparison.Ordinal))
            {
                if (SourceTreeReading.Resolve("", full[2..]) is { Length: > 0 } directory)
                {
                    directories.Add(directory);
                }
                else
                {
                    problems.Add(makefile, 0, $"{full} does not name a directory inside the tree; it is ignored");
                }
            }
            else if (full.StartsWith("-D", StringComparison.Ordinal) || full.StartsWith("-U", StringComparison.Ordinal))
            {
                macros.Add(full);
            }
            else if (KernelWarnings.IsAboutWarnings(full))
            {
                warnings.Add(full);
            }
        }

        return new FileFlags(directories.ToImmutable(), macros.ToImmutable(), warnings.ToImmutable(), problems.ToImmutable());
    }
}
