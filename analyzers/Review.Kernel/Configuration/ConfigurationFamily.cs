using Review.Core.Source;
using Review.Kernel.Architectures;
using Review.Kernel.Kconfig;

namespace Review.Kernel;

/// <summary>
/// A tree's default configuration and its neighbours: those in which one more wish is made. Kconfig is read once. Each neighbour is evaluated as a whole, so
/// what depends on the changed symbol or is selected by it follows.
/// </summary>
public sealed class ConfigurationFamily
{
    private readonly KconfigModel model;
    private readonly string name;
    private readonly string[] wishes;

    private ConfigurationFamily(KconfigModel model, string name, string[] wishes)
    {
        this.model = model;
        this.name = name;
        this.wishes = wishes;
    }

    /// <summary>Reads the Kconfig files of a tree. Throws <see cref="KernelTreeException"/> as <see cref="KernelConfiguration.Create"/> does.</summary>
    public static ConfigurationFamily Create(ISourceTree tree, Architecture architecture)
    {
        var read = KconfigParser.Parse(tree, architecture, new ProblemList());
        return new ConfigurationFamily(read, ConfigurationSource.Default.Name, KernelConfiguration.DefaultWishes(tree, architecture));
    }

    /// <summary>True for a symbol that somebody can switch on or off: a bool or tristate with a prompt. Whether it obeys depends on the others.</summary>
    public bool IsSwitch(string symbol) =>
        model.Find(symbol) is { IsDefined: true, Type: SymbolType.Bool or SymbolType.Tristate, Prompts.Count: > 0 };

    /// <summary>The configuration in which one symbol is wished to be something else; Kconfig may refuse.</summary>
    /// <param name="symbol">The name without <c>CONFIG_</c>.</param>
    /// <param name="value"><c>y</c>, <c>m</c> or <c>n</c>.</param>
    public KernelConfiguration With(string symbol, string value)
    {
        var all = new Wishes();
        foreach (var text in (IEnumerable<string>)[.. wishes, $"CONFIG_{symbol}={value}\n"])
        {
            all.Add(text);
        }

        return KernelConfiguration.Evaluated(name, new KconfigEvaluator(model, all, new ProblemList()).Evaluate());
    }
}
