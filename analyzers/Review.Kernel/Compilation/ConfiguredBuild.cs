using Review.Core.Source;
using Review.Kernel.Architectures;

namespace Review.Kernel.Compilation;

/// <summary>
/// A directory in which make has configured and prepared a kernel: the source tree itself or an O= directory. Its
/// configuration and its generated headers are used instead of ours.
/// </summary>
/// <param name="Configuration">The configuration, from include/config/auto.conf.</param>
/// <param name="Headers">Where its generated headers are; give it to <see cref="ClangArguments.For(string, string, HeaderRoots, string)"/>.</param>
public sealed record ConfiguredBuild(KernelConfiguration Configuration, HeaderRoots Headers)
{
    private const string AutoConf = "include/config/auto.conf";

    /// <summary>True if a directory looks configured and prepared, for whichever architecture.</summary>
    public static bool IsConfigured(ISourceTree build) =>
        build.FileExists("include/generated/autoconf.h") && build.FileExists(AutoConf);

    /// <summary>
    /// The build in a directory; null if it is not configured. Throws <see cref="KernelTreeException"/> if it is configured for
    /// another architecture or not prepared.
    /// </summary>
    /// <param name="build">The directory's files.</param>
    /// <param name="root">Where the compiler finds them.</param>
    /// <param name="architecture">The architecture asked for.</param>
    public static ConfiguredBuild? Find(ISourceTree build, string root, Architecture architecture)
    {
        if (!IsConfigured(build))
        {
            return null;
        }

        var problems = new ProblemList();
        if (build.ReadText(AutoConf, problems) is not { } text)
        {
            throw new KernelTreeException(AutoConf, "cannot be read; run 'make prepare' again or use another configuration");
        }

        var headers = HeaderRoots.BuildTree("", architecture);
        if (!build.FileExists($"{headers.ArchUapi.TrimStart('/')}/asm/types.h") || !build.FileExists("include/generated/bounds.h"))
        {
            throw new KernelTreeException(AutoConf, $"this build is not prepared for {architecture.Name}; run 'make ARCH={architecture.Name} prepare' or choose its architecture");
        }

        return new ConfiguredBuild(KernelConfiguration.FromSettings("auto.conf", text), HeaderRoots.BuildTree(root, architecture));
    }
}
