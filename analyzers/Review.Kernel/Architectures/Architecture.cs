using System.Collections.Immutable;
using Review.Kernel.Headers;

namespace Review.Kernel.Architectures;

/// <summary>
/// What one processor architecture adds to the recipe: names, the compiler's target and machine flags, and the headers
/// that only its build generates.
/// </summary>
public abstract class Architecture
{
    /// <summary>The architectures this tool knows, in the order they are offered.</summary>
    public static ImmutableArray<Architecture> All { get; } = [new X86Architecture(), new Arm64Architecture()];

    /// <summary>64-bit x86.</summary>
    public static Architecture X86 => All[0];

    /// <summary>64-bit Arm.</summary>
    public static Architecture Arm64 => All[1];

    /// <summary>The name people use, which is also kbuild's ARCH: <c>x86_64</c> or <c>arm64</c>.</summary>
    public abstract string Name { get; }

    /// <summary>kbuild's SRCARCH: the directory below <c>arch/</c>.</summary>
    public abstract string SourceArchitecture { get; }

    /// <summary>The target triple given to clang.</summary>
    public abstract string Target { get; }

    /// <summary>The default configuration's path in the tree.</summary>
    public abstract string DefconfigPath { get; }

    /// <summary>UTS_MACHINE: what <c>uname -m</c> prints.</summary>
    public abstract string Machine { get; }

    /// <summary>The architecture's directory, for example <c>arch/x86</c>.</summary>
    public string Directory => $"arch/{SourceArchitecture}";

    /// <summary>The architecture of a name as users write it, or null. <c>x86</c> and <c>aarch64</c> are understood too.</summary>
    public static Architecture? Find(string name) => All.FirstOrDefault(architecture =>
        string.Equals(architecture.Name, name, StringComparison.Ordinal)
        || string.Equals(architecture.SourceArchitecture, name, StringComparison.Ordinal)
        || string.Equals(architecture.Machine, name, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The machine-dependent compiler options, as arch/*/Makefile sets them where they reach the syntax tree.</summary>
    internal abstract ImmutableArray<string> CompilerOptions(KernelConfiguration configuration);

    /// <summary>Adds the generated headers that only this architecture has.</summary>
    internal abstract void AddHeaders(HeaderGeneration generation);
}
