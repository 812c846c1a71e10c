using Review.Model;
using Review.Model.Comparison;
using Review.Model.Eras;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>
/// Compares the model with the running kernel, by scenarios and by random sequences. To be opened, used and closed by one thread
/// (ptrace(2) wants that). A <see cref="KernelUnavailableException"/> says why this kernel cannot be asked.
/// </summary>
public sealed class KernelComparison : IDisposable
{
    private const int Repetitions = 3;

    private static readonly TimeSpan ScenarioTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SequenceTimeout = TimeSpan.FromSeconds(60);

    // Without these a random sequence cannot be compared at all.
    private static readonly string[] Essential = [Requirement.Root, Requirement.RootPagemap];

    private readonly KernelHost host;
    private readonly KernelFacilities facilities;
    private readonly KernelEra era;
    private readonly SequenceGenerator generator;

    private KernelComparison(KernelHost host)
    {
        this.host = host;
        facilities = KernelFacilities.Of(host);
        era = facilities.Era ?? throw new KernelUnavailableException($"the model knows no kernel as old as {facilities.Release}");
        generator = new SequenceGenerator(facilities.Available);
    }

    /// <summary>Which kernel is compared with which preset of the model, in one line.</summary>
    public string Title => $"kernel {facilities.Release}, compared with the model of {era.Name}{(facilities.IsEraExact ? string.Empty : ", the nearest one")}";

    /// <summary>Whether the model has a preset for this very version.</summary>
    public bool IsExact => facilities.IsEraExact;

    /// <summary>What random sequences do without on this machine: "uffd: userfaultfd() fails with EPERM".</summary>
    public IEnumerable<string> LeftOut => Requirement.All.Where(static requirement => requirement != Requirement.Model).Where(requirement => facilities.WhyNot(requirement) is not null).Select(requirement => $"{requirement}: {facilities.WhyNot(requirement)}");

    /// <summary>Why random sequences cannot be compared here, or null.</summary>
    public string? WhyNoSequences => Essential.Select(facilities.WhyNot).FirstOrDefault(static reason => reason is not null);

    /// <summary>Prepares everything.</summary>
    public static KernelComparison Open()
    {
        var opened = KernelHost.Open();
        try
        {
            return new KernelComparison(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The reason why a scenario cannot run here ("requires uffd: ..."), or null.</summary>
    public string? WhyNot(Scenario scenario) =>
        scenario.Requires.Where(requirement => facilities.WhyNot(requirement) is not null).Select(requirement => $"requires {requirement}: {facilities.WhyNot(requirement)}").FirstOrDefault();

    /// <summary>How often the two sides differed once and agreed when asked again: the machine did something of its own, such as writing pages back.</summary>
    public int Disturbances { get; private set; }

    /// <summary>What a scenario expects and a machine does not do; or where the two machines differ. Null if all agree.</summary>
    public string? Compare(Scenario scenario) => Repeated(() => CompareOnce(scenario));

    /// <summary>
    /// Compares one random sequence; null if both sides agree throughout. Otherwise the shortest sequence that shows it, or the whole one
    /// if it is not to be shrunk.
    /// </summary>
    public SequenceDisagreement? CompareSequence(ulong seed, ulong number, bool shrinks = true)
    {
        var operations = generator.Make(seed, number);
        if (Repeated(() => First(operations, SequenceTimeout)) is not { } found)
        {
            return null;
        }

        var shortest = shrinks ? Shrinker.Shrink(operations, candidate => First(candidate, SequenceTimeout) is not null) : operations;
        return new SequenceDisagreement(shortest, First(shortest, SequenceTimeout) ?? found, AsScenario(shortest, $"seed_{seed}_sequence_{number}", "what the running kernel did"));
    }

    /// <summary>A scenario whose expectations are the running kernel's answers.</summary>
    public Scenario AsScenario(EquatableList<Operation> operations, string name, string fact)
    {
        using var kernel = new KernelMachine(host, SequenceTimeout);
        return Shrinker.AsScenario(ExpectationRecorder.Record(operations, kernel), name, fact);
    }

    /// <inheritdoc />
    public void Dispose() => host.Dispose();

    // A difference of the model comes again every time.
    private T? Repeated<T>(Func<T?> compare)
        where T : class
    {
        var found = compare();
        for (var again = 1; found is not null && again < Repetitions; again++)
        {
            found = compare();
            Disturbances += found is null ? 1 : 0;
        }

        return found;
    }

    private string? CompareOnce(Scenario scenario)
    {
        using (var kernel = new KernelMachine(host, ScenarioTimeout))
        {
            if (ScenarioRun.FirstDifference(scenario, kernel) is { } onKernel)
            {
                return $"the kernel does not do what is expected: {onKernel}";
            }
        }

        if (ScenarioRun.FirstDifference(scenario, NewModel()) is { } onModel)
        {
            return $"the model does not do what is expected: {onModel}";
        }

        return First([.. scenario.Setup, .. scenario.Steps], ScenarioTimeout) is { } difference
            ? $"{difference.Place}: {difference.What}: model: {OneLine(difference.Model)}; kernel: {OneLine(difference.Kernel)}"
            : null;
    }

    private ModelMachine NewModel() => new(era, facilities.Build);

    private Disagreement? First(EquatableList<Operation> operations, TimeSpan timeout)
    {
        using var kernel = new KernelMachine(host, timeout);
        return SequenceComparison.First(operations, NewModel(), kernel);
    }

    private static string OneLine(string text) => text.TrimEnd('\n').Replace("\n", " / ", StringComparison.Ordinal);
}

/// <summary>A random sequence on which the model and the kernel differ.</summary>
/// <param name="Operations">The shortest sequence found.</param>
/// <param name="Difference">Where they differ.</param>
/// <param name="Scenario">The same sequence with what the kernel did as expectations.</param>
public sealed record SequenceDisagreement(EquatableList<Operation> Operations, Disagreement Difference, Scenario Scenario);
