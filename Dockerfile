# syntax=docker/dockerfile:1
FROM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -ntp -DskipTests package -pl cli -am

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 svidflow \
    && install -d -o svidflow /var/lib/svidflow
WORKDIR /opt/svidflow
# libraries change less often than svidflow does
COPY --from=build /src/cli/target/lib lib
COPY --from=build /src/cli/target/svidflow.jar ./
COPY incidents incidents
USER svidflow
ENV SVIDFLOW_STATE_DIR=/var/lib/svidflow
VOLUME /var/lib/svidflow
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-Dsvidflow.home=/opt/svidflow", "-jar", "svidflow.jar"]
CMD ["--help"]
