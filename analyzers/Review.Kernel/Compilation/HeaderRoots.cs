using Review.Kernel.Architectures;

namespace Review.Kernel.Compilation;

/// <summary>The four directories in which generated headers are looked up.</summary>
/// <param name="Arch">Holds <c>asm/</c> headers of the architecture: kbuild's arch/*/include/generated.</param>
/// <param name="ArchUapi">Holds <c>asm/</c> headers for user space: kbuild's arch/*/include/generated/uapi. Below <paramref name="Arch"/>, as <c>uapi/</c>.</param>
/// <param name="Include">Holds <c>generated/</c>.</param>
/// <param name="IncludeUapi">Holds <c>linux/version.h</c>.</param>
public sealed record HeaderRoots(string Arch, string ArchUapi, string Include, string IncludeUapi)
{
    /// <summary>The layout in which <see cref="Headers.GeneratedHeaders"/> names its files.</summary>
    public static HeaderRoots Overlay(string root) =>
        new($"{root}/arch", $"{root}/arch/uapi", $"{root}/include", $"{root}/include/generated/uapi");

    /// <summary>A directory that <c>make</c> has configured and prepared: an O= directory or the source tree itself.</summary>
    public static HeaderRoots BuildTree(string root, Architecture architecture) => new(
        $"{root}/{architecture.Directory}/include/generated",
        $"{root}/{architecture.Directory}/include/generated/uapi",
        $"{root}/include",
        $"{root}/include/generated/uapi");
}
