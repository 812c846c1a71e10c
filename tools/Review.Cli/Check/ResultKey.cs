using System.Collections.Immutable;
using System.Globalization;
using Review.Cli.Cache;
using Review.Core.Diagnostics;

namespace Review.Cli.Check;

/// <summary>Everything that the result of a check depends on, apart from the files that clang opens.</summary>
internal static class ResultKey
{
    /// <summary>The key, for <see cref="ResultStore"/>.</summary>
    public static string Of(
        CheckOptions options, KernelInfo kernel, string identity, ImmutableArray<PreparedKernel> kernels, ImmutableArray<string> files, IEnumerable<EditorConfigText> severities, ToolVersions versions) => string.Join('\n',
        [
            .. Program(),
            versions.ToString(),
            kernel.ToString(),
            identity,
            .. kernels.Select(static prepared => string.Join(' ', [prepared.Build.Architecture.Name, prepared.Root, prepared.Overlay, .. prepared.Build.Configuration.Symbols.Select(static symbol => $"{symbol.Key}={symbol.Value}")])),
            options.Configuration,
            .. files,
            options.Rules,
            options.Facts is { } facts ? File.ReadAllText(facts) : null,
            BaselineFile.ToText(options.Baseline),
            .. severities.Select(static text => text.ToString()),
            options.Witness.ToString(CultureInfo.InvariantCulture),
            .. options.ForcedClaims.Select(static claim => claim.ToString()),
        ]);

    /// <summary>The program itself: its own libraries as they lie on disk.</summary>
    private static IEnumerable<string> Program() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*eview*.dll").Order(StringComparer.Ordinal).Select(static file => $"{Path.GetFileName(file)} {FileStamp.Of(file)}");
}
