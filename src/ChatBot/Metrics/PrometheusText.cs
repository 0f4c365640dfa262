using System.Diagnostics.Metrics;
using System.Text;

namespace ChatBot.Metrics;

/// <summary>
/// The instruments of one meter in the text format 0.0.4 of Prometheus
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
/// </summary>
public sealed class PrometheusText : IDisposable
{
    /// <summary>What the format calls itself in HTTP.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly Lock _rendering = new();
    private readonly List<MetricFamily> _families = [];

    /// <summary>Of this meter and no other; its instruments appear in the order in which they are made.</summary>
    public PrometheusText(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter != meter)
            {
                return;
            }

            var family = new MetricFamily(instrument);
            lock (_rendering)
            {
                _families.Add(family);
            }

            listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((MetricFamily)state!).Record(value, tags));
    }

    /// <summary>Nothing is counted before.</summary>
    public void Start() => _listener.Start();

    /// <summary>The page; what cannot be asked is absent from it and spoils nothing else.</summary>
    public string Render()
    {
        var text = new StringBuilder(4096);
        lock (_rendering)
        {
            foreach (var family in _families)
            {
                family.ForgetObserved();
            }

            Observe();
            foreach (var family in _families)
            {
                family.Render(text);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // Thrown after everything has been asked; those that failed have recorded nothing.
        }
    }
}
