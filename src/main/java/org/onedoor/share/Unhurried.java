package org.onedoor.share;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/**
 * What the document is made with is made when the document is first asked for: the library would do
 * it at each start, which took a seventh longer.
 */
@Component
class Unhurried implements BeanFactoryPostProcessor {
  private static final String LIBRARY = "org.springdoc.";

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    for (var name : beans.getBeanDefinitionNames()) {
      var definition = beans.getBeanDefinition(name);
      var of = madeBy(definition);
      if (of != null && of.startsWith(LIBRARY)) definition.setLazyInit(true);
    }
  }

  private static @Nullable String madeBy(BeanDefinition definition) {
    var method =
        definition instanceof AnnotatedBeanDefinition annotated
            ? annotated.getFactoryMethodMetadata()
            : null;
    return method == null ? definition.getBeanClassName() : method.getDeclaringClassName();
  }
}
